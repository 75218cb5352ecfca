"""A small but real spaCy pipeline: tagger and parser trained on invented sentences, then saved."""

from pathlib import Path

# word/part of speech/dependency/head
TREES = """
Ana/PROPN/nsubj/1 moved/VERB/ROOT/1 to/ADP/prep/1 Lisbon/PROPN/pobj/2 ./PUNCT/punct/1
I/PRON/nsubj/1 love/VERB/ROOT/1 the/DET/det/4 pottery/NOUN/compound/4 class/NOUN/dobj/1 ./PUNCT/punct/1
Maria/PROPN/nsubj/1 is/AUX/ROOT/1 a/DET/det/3 doctor/NOUN/attr/1 ./PUNCT/punct/1
You/PRON/nsubj/3 did/AUX/aux/3 not/PART/neg/3 visit/VERB/ROOT/3 Porto/PROPN/dobj/3 ./PUNCT/punct/3
Did/AUX/aux/2 Ana/PROPN/nsubj/2 visit/VERB/ROOT/2 Porto/PROPN/dobj/2 ?/PUNCT/punct/2
Maria/PROPN/nsubj/5 ,/PUNCT/punct/0 a/DET/det/3 doctor/NOUN/appos/0 ,/PUNCT/punct/0 moved/VERB/ROOT/5
Rui/PROPN/nsubj/1 bought/VERB/ROOT/1 apples/NOUN/dobj/1 and/CCONJ/cc/2 pears/NOUN/conj/2 ./PUNCT/punct/1
"""  # noqa: E501


def save_pipeline(folder: Path, *, parser: bool = True) -> Path:
    """Train, save and return the folder; without a parser it knows entities only."""
    import spacy
    from spacy.tokens import Doc
    from spacy.training import Example

    spacy.util.fix_random_seed(0)
    pipeline = spacy.blank("en")
    if parser:
        pipeline.add_pipe("morphologizer")
        pipeline.add_pipe("parser", config={"min_action_freq": 1})
        examples = []
        for tree in TREES.strip().splitlines():
            words, tags, labels, heads = zip(*(w.split("/") for w in tree.split()), strict=True)
            gold = Doc(
                pipeline.vocab,
                words=list(words),
                pos=list(tags),
                deps=list(labels),
                heads=[int(head) for head in heads],
            )
            examples.append(Example(Doc(pipeline.vocab, words=list(words)), gold))
        optimizer = pipeline.initialize(lambda: examples)
        for _ in range(40):
            pipeline.update(examples, sgd=optimizer)
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": "GPE", "pattern": "Lisbon"},
            {"label": "WORK_OF_ART", "pattern": "The Salt Ledger"},
            {"label": "DATE", "pattern": "yesterday"},
            {"label": "CARDINAL", "pattern": "seven"},
        ]
    )
    pipeline.to_disk(folder)
    return folder
