"""What a model can do, done without one: the deterministic, offline default."""

from graphmem.rules.extractor import RuleExtractor
from graphmem.rules.keywords import keywords, tags

__all__ = ["RuleExtractor", "keywords", "tags"]
