"""The change log: what loads added, changed and removed. It takes no `asOf`: a revision is itself a point in time."""

import strawberry

from schema.conflicts import is_of_actors
from schema.connections import Connection, connection
from schema.dataset import DATASET
from schema.entries import Entry
from schema.enums import ChangeOrder
from schema.scalars import ENGLISH, DateTime, LanguageTag
from schema.sql import conditions, slugs
from schema.sql.relations import ACTOR, CONFLICT, ENTRY_CHANGE, FACT, PLACE, PRESENCE, REFERENCE, SOURCE, actors, among
from schema.sql.texts import Language, in_language, text_in
from service.planner.cost import Price
from service.planner.fields import column, relation, sql, where
from service.planner.parameters import TEXT, Shape
from service.planner.relations import Relation, Row, Rows
from service.sql import Expression, and_, case, func, int_literal, or_, text_literal
from service.store.enums import FACT_TYPES, ChangeKind, EntryKind

REVISION = Shape(minimum=0, maximum=2**31 - 1)
ACTOR_TYPES = ("Person", "Organisation", "Country")
LABELS = (
    (FACT, FACT_TYPES, in_language("labels")),
    (ACTOR, ACTOR_TYPES, in_language("names", "name")),
    (PLACE, ("Place",), in_language("names", "name")),
    (SOURCE, ("Source",), in_language("labels")),
    (CONFLICT, ("Conflict",), in_language("labels")),
)
"""By relation: the types of its entries, and their label."""
LOOKUP = Price(20_000.0, 1.0)
"""Price of a condition for which each change is looked up among the entries that involve an actor."""


def changes(row: Row, since: int | None = strawberry.UNSET) -> Rows:
    """All changes, or only those of revisions after a given one."""
    rows = row.find(ENTRY_CHANGE)
    return rows if since is strawberry.UNSET else rows.where(rows.row.revision > since)


def _is_of(row: Row, typenames: tuple[str, ...]) -> Expression:
    return row.typename.in_([text_literal(name) for name in typenames])


def _entry(row: Row) -> Rows:
    return row.find(REFERENCE).with_computed(typename=row.typename, slug=row.slug)


def _label(row: Row, language: LanguageTag | None = ENGLISH) -> Expression:
    """Label of the entry as it is now; for an entry that no longer exists, its last label."""
    present = [
        (_is_of(row, typenames), entry.query(label(entry.row, language)).scalar())
        for of, typenames, label in LABELS
        for entry in [row.find(of, lambda entry: entry.slug == row.slug, lambda entry: entry.typename == row.typename)]
    ]
    return func.coalesce(case(*present), _last_label(row, language), row.slug)


def _last_label(row: Row, language: Language) -> Expression:
    removals = row.find(
        ENTRY_CHANGE,
        lambda other: and_(other.typename == row.typename, other.slug == row.slug),
        lambda other: other.labels.is_not_null(),
    )
    query = removals.query(text_in(removals.row.labels, language))
    return query.order_by(removals.row.revision.desc()).limit(1).scalar()


@strawberry.type(description="What one load did to one entry. Each entry appears once within a revision.")
@relation(ENTRY_CHANGE)
class EntryChange:
    revision: int = column("Revision of the register that the load created.")
    at: DateTime = column("When the change was loaded.", "changed_at")
    change: ChangeKind = column("What the load did.")
    kind: EntryKind = sql(
        lambda row: func.upper(row.typename),
        "Kind of the entry. A change to a claim is not listed by itself; its fact is listed instead.",
    )
    slug: str = column("Slug that the entry has, or had.")
    label: str = sql(
        _label, "Label of the entry; for an entry that no longer exists, its last label.", length=80, price=Price(12.0)
    )
    entry: Entry | None = sql(_entry, "The entry as it is now; null if it no longer exists or has been renamed.")


# ------------------------------------------------------------------ which changes


def _involves(row: Row, slugs: Expression) -> Expression:
    """Whether the change is to one of these actors, to a fact or conflict that involves one of them, or to an entry
    that did so when it was removed.
    """
    present = row.find(PRESENCE, lambda presence: among(presence.actor_id, actors(row, slugs)))
    conflicts = row.find(CONFLICT, lambda conflict: is_of_actors(conflict, slugs))
    removals = row.find(ENTRY_CHANGE, lambda removal: removal.involved.op("&&", "boolean")(slugs))
    return or_(
        and_(_is_of(row, ACTOR_TYPES), among(row.slug, slugs)),
        and_(_is_of(row, FACT_TYPES), row.slug.in_(present.query(present.row.slug))),
        and_(row.typename == text_literal("Conflict"), row.slug.in_(conflicts.query(conflicts.row.slug))),
        _name(row).in_(removals.query(_name(removals.row))),
    )


def _name(row: Row) -> Expression:
    """Type and slug of the entry."""
    return func.concat(row.typename, text_literal(":"), row.slug)


@strawberry.input(description="Conditions on changes, all of which must be met.")
class ChangeFilter:
    kind: list[EntryKind] | None = where(
        conditions.is_one_of("typename"), "Only changes to entries of one of these kinds."
    )
    change: list[ChangeKind] | None = where(conditions.is_one_of("change"), "Only changes of one of these types.")
    slug: list[str] | None = where(
        conditions.is_one_of("slug"), "Only changes to entries that have, or had, one of these slugs.", parameter=TEXT
    )
    involving: list[str] | None = where(
        _involves,
        "Only changes to at least one of these actors, or to a fact or a conflict that involves one of them or did so "
        "when it was removed.",
        parameter=slugs.ACTORS,
        price=LOOKUP,
    )


def _complete_since(rows: Rows) -> Expression:
    """The revision before the first one that is logged; if none is logged, the current revision."""
    log = rows.row.find(Relation(ENTRY_CHANGE.table))
    register = rows.row.find(DATASET)
    first = log.query(func.min(log.row.revision)).scalar()
    return func.coalesce(first.op("-", "integer")(int_literal(1)), register.value("revision"))


@connection("A change", "changes", filter=ChangeFilter, order=ChangeOrder.REVISION_DESC)
class EntryChangeConnection(Connection[EntryChange]):
    complete_since: int = sql(
        _complete_since,
        "Revision since which the log lists every change; 0 if the log began with the register. Clients that last "
        "looked before this revision must read the whole register again.",
    )
