"""What a model can do, done without one: the deterministic, offline default."""

from graphmem.rules.extractor import RuleExtractor
from graphmem.rules.keywords import describe, keywords, tags

__all__ = ["RuleExtractor", "describe", "keywords", "tags"]
