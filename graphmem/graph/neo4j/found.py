"""What was found in notes: entities and facts kept up by what each use adds or takes away.

An entity and a fact show what all their uses make of them, so that a person reads a name there;
the records themselves are read back from the uses.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from graphmem.batches import NoteRecord
from graphmem.graph.neo4j import queries, statements
from graphmem.graph.neo4j.rows import (
    Properties,
    claim_row,
    mention_row,
    parted,
    read_claim,
    sent_moment,
)
from graphmem.graph.neo4j.transaction import Transaction
from graphmem.graph.uses import FactUse, fact_from
from graphmem.named import entity_of, fact_of
from graphmem.types import EntityId, Fact, FactId


def write_found(tx: Transaction, records: Sequence[NoteRecord]) -> None:
    """Add the mentions and claims of notes that have none in the store, and settle all uses."""
    for record in records:
        for mention in record.extraction.mentions:
            tx.uses[entity_of(tx.scope, mention.name), mention.name] += 1
        for claim in record.extraction.claims:
            for end in (claim.subject, claim.object):
                tx.uses[entity_of(tx.scope, end), end] += 1
    unused = _settle_entities(tx)
    _settle_facts(tx, records)
    if unused:
        tx.rows(statements.ERASE_ENTITIES, {"ids": unused})
    mentions = [
        {
            "note": tx.at[record.note.id],
            "found": [
                {"entity": tx.at[entity_of(tx.scope, m.name)], **mention_row(m, place)}
                for place, m in enumerate(found)
            ],
        }
        for record in records
        if (found := record.extraction.mentions)
    ]
    claims = [
        {
            "note": tx.at[record.note.id],
            "found": [
                {"fact": tx.at[fact_of(tx.scope, c)], **claim_row(c, place)}
                for place, c in enumerate(made)
            ],
        }
        for record in records
        if (made := record.extraction.claims)
    ]
    if mentions:
        tx.rows(statements.ADD_MENTIONS, {"rows": mentions})
    if claims:
        tx.rows(statements.ADD_CLAIMS, {"rows": claims})


def _settle_entities(tx: Transaction) -> list[EntityId]:
    """Write the entities whose uses have changed; return those that are left with none."""
    changed: dict[EntityId, Counter[str]] = {}
    for (entity, surface), by in tx.uses.items():
        changed.setdefault(entity, Counter())[surface] = by
    tx.uses.clear()
    if not changed:
        return []
    known: set[EntityId] = set()
    for id_, at, name, aliases, uses in tx.rows(statements.NAMED_ENTITIES, {"ids": list(changed)}):
        changed[id_].update(dict(zip([name, *aliases], uses, strict=True)))
        tx.at[id_] = at
        known.add(id_)
    used = {id_: counts for id_, by in changed.items() if (counts := +by)}
    tx.add(
        statements.ADD_ENTITIES,
        [
            {"id": id_, "properties": _entity_properties(counts)}
            for id_, counts in used.items()
            if id_ not in known
        ],
    )
    renewed = [
        {"at": tx.at[id_], "properties": _entity_properties(used[id_])}
        for id_ in used
        if id_ in known
    ]
    if renewed:
        tx.rows(statements.SET_ENTITIES, {"rows": renewed})
    return [id_ for id_ in changed if id_ not in used]


def _entity_properties(counts: Mapping[str, int]) -> Properties:
    """Return name, aliases, and how often each of them is used, the name's count first."""
    name = min(counts, key=lambda surface: (-counts[surface], surface))
    aliases = sorted(counts.keys() - {name})
    return {
        "name": name,
        "aliases": aliases,
        "uses": [counts[surface] for surface in (name, *aliases)],
    }


def _settle_facts(tx: Transaction, records: Iterable[NoteRecord]) -> None:
    """Write the facts that the records state, and those that have lost a claim."""
    uses: dict[FactId, list[FactUse]] = {id_: [] for id_ in tx.facts}
    for record in records:
        note = record.note
        for claim in record.extraction.claims:
            use = FactUse(claim, note.id, note.origins, note.created_by)
            uses.setdefault(fact_of(tx.scope, claim), []).append(use)
    tx.facts.clear()
    if not uses:
        return
    known: set[FactId] = set()
    for id_, at, found in tx.rows(queries.PLACED_FACT_USES, {"ids": list(uses)}):
        tx.at[id_] = at
        known.add(id_)
        uses[id_] += [
            FactUse(read_claim(claim), note, tuple(origins), created_by)
            for claim, note, origins, created_by in found
        ]
    gone = [id_ for id_, claims in uses.items() if not claims]
    facts = [fact_from(id_, tx.scope, claims) for id_, claims in uses.items() if claims]
    if gone:
        tx.rows(statements.ERASE_FACTS, {"ids": gone})
    tx.add(statements.ADD_FACTS, [_fresh_row(tx, fact) for fact in facts if fact.id not in known])
    renewed = [
        {"at": tx.at[fact.id], **parted(_fact_properties(fact))}
        for fact in facts
        if fact.id in known
    ]
    if renewed:
        tx.rows(statements.SET_FACTS, {"rows": renewed})


def _fresh_row(tx: Transaction, fact: Fact) -> Properties:
    ends = {"subject": tx.at[fact.subject_id], "object": tx.at[fact.object_id]}
    return {"id": fact.id, **ends, **parted(_fact_properties(fact))}


def _fact_properties(fact: Fact) -> Properties:
    return {
        "subject": fact.subject,
        "relation": fact.relation,
        "object": fact.object,
        "negated": fact.negated,
        "valid_from": sent_moment(fact.valid_from),
        "valid_until": sent_moment(fact.valid_until),
        "created_by": fact.created_by,
    }
