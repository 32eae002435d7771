"""Create the register."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "c86651feb382"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "actor",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("slug", sa.Text(collation="C"), nullable=False),
        sa.Column("typename", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.Text(collation="C"), nullable=False),
        sa.Column("names", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("country_id", sa.Integer(), nullable=True),
        sa.Column("wikidata", sa.String(), nullable=True),
        sa.Column("is_leader", sa.Boolean(), nullable=False),
        sa.Column("organisation_kind", sa.String(), nullable=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("alpha3", sa.String(), nullable=True),
        sa.Column("known_since", sa.Date(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(typename = 'Country') = (code IS NOT NULL AND alpha3 IS NOT NULL)", name=op.f("actor_country_check")
        ),
        sa.CheckConstraint(
            "(typename = 'Organisation') = (organisation_kind IS NOT NULL)", name=op.f("actor_organisation_check")
        ),
        sa.CheckConstraint("code ~ '^[A-Z]{2}$' AND alpha3 ~ '^[A-Z]{3}$'", name=op.f("actor_code_check")),
        sa.CheckConstraint(
            "organisation_kind IN ('NEWS_AGENCY', 'BROADCASTER', 'NEWSPAPER', 'MAGAZINE', 'WEBSITE', 'GOVERNMENT', 'MINISTRY', 'PARTY', 'PLATFORM', 'OTHER')",
            name=op.f("actor_organisation_kind_check"),
        ),
        sa.CheckConstraint("slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name=op.f("actor_slug_check")),
        sa.CheckConstraint("typename = 'Person' OR NOT is_leader", name=op.f("actor_leader_check")),
        sa.CheckConstraint("typename IN ('Person', 'Organisation', 'Country')", name=op.f("actor_typename_check")),
        sa.ForeignKeyConstraint(["country_id"], ["actor.id"], name=op.f("actor_country_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("actor_pkey")),
        sa.UniqueConstraint("alpha3", deferrable=True, initially="DEFERRED", name=op.f("actor_alpha3_key")),
        sa.UniqueConstraint("code", deferrable=True, initially="DEFERRED", name=op.f("actor_code_key")),
        sa.UniqueConstraint("slug", name=op.f("actor_slug_key")),
        sa.UniqueConstraint("wikidata", deferrable=True, initially="DEFERRED", name=op.f("actor_wikidata_key")),
    )
    op.create_index(op.f("actor_country_id_idx"), "actor", ["country_id"], unique=False)
    op.create_index("actor_order_idx", "actor", ["typename", "name_key", "slug"], unique=False)
    op.create_table(
        "conflict",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("slug", sa.Text(collation="C"), nullable=False),
        sa.Column("property", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("note", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("labels", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("known_since", sa.Date(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.CheckConstraint("labels ? 'en'", name=op.f("conflict_labels_check")),
        sa.CheckConstraint(
            "basis IN ('VALUE', 'DATE', 'SCOPE', 'DEFINITION', 'WORDING')", name=op.f("conflict_basis_check")
        ),
        sa.CheckConstraint("slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name=op.f("conflict_slug_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("conflict_pkey")),
        sa.UniqueConstraint("slug", name=op.f("conflict_slug_key")),
    )
    op.create_table(
        "dataset",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("dataset_single_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("dataset_pkey")),
    )
    op.create_table(
        "edtf",
        sa.Column("text", sa.Text(collation="C"), nullable=False),
        sa.Column("earliest", sa.Date(), nullable=True),
        sa.Column("latest", sa.Date(), nullable=True),
        sa.Column("precision", sa.String(), nullable=False),
        sa.Column("extent", sa.String(), nullable=False),
        sa.Column("is_approximate", sa.Boolean(), nullable=False),
        sa.Column("is_uncertain", sa.Boolean(), nullable=False),
        sa.Column("labels", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint("labels ? 'en'", name=op.f("edtf_labels_check")),
        sa.CheckConstraint("extent IN ('THROUGHOUT', 'SOMETIME')", name=op.f("edtf_extent_check")),
        sa.CheckConstraint(
            "precision IN ('DAY', 'MONTH', 'YEAR', 'INTERVAL', 'SET', 'OPEN')", name=op.f("edtf_precision_check")
        ),
        sa.CheckConstraint("earliest <= latest", name=op.f("edtf_order_check")),
        sa.CheckConstraint("length(text) <= 64", name=op.f("edtf_length_check")),
        sa.PrimaryKeyConstraint("text", name=op.f("edtf_pkey")),
    )
    op.create_table(
        "fact",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("slug", sa.Text(collation="C"), nullable=False),
        sa.Column("typename", sa.String(), nullable=False),
        sa.Column("known_since", sa.Date(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.CheckConstraint("(typename = 'Relationship') = (position('--' IN slug) > 0)", name=op.f("fact_pair_check")),
        sa.CheckConstraint(
            "slug ~ '^[a-z0-9]+(-[a-z0-9]+)*(--[a-z0-9]+(-[a-z0-9]+)*)?$'", name=op.f("fact_slug_check")
        ),
        sa.CheckConstraint(
            "typename IN ('Summit', 'Talks', 'Quote', 'Event', 'Invitation', 'Office', 'Relationship')",
            name=op.f("fact_typename_check"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("fact_pkey")),
        sa.UniqueConstraint(
            "id", "slug", "typename", "known_since", name=op.f("fact_id_slug_typename_known_since_key")
        ),
        sa.UniqueConstraint("slug", name=op.f("fact_slug_key")),
    )
    op.create_table(
        "term",
        sa.Column("term", sa.Text(collation="C"), nullable=False),
        sa.Column("descriptions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("term", name=op.f("term_pkey")),
    )
    op.create_table(
        "fact_about",
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("known_since", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["about_id"], ["fact.id"], name=op.f("fact_about_about_id_fkey")),
        sa.ForeignKeyConstraint(["fact_id"], ["fact.id"], name=op.f("fact_about_fact_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("fact_id", "about_id", name=op.f("fact_about_pkey")),
    )
    op.create_index(op.f("fact_about_about_id_idx"), "fact_about", ["about_id"], unique=False)
    op.create_table(
        "involvement",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("known_since", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "role IN ('PARTICIPANT', 'HOST', 'SPEAKER', 'ADDRESSEE', 'ABOUT', 'ACTOR', 'RECIPIENT', 'ISSUER', 'ON_BEHALF_OF', 'CARRIER', 'INVITEE', 'HOLDER', 'PARTY')",
            name=op.f("involvement_role_check"),
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("involvement_actor_id_fkey")),
        sa.ForeignKeyConstraint(["fact_id"], ["fact.id"], name=op.f("involvement_fact_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("involvement_pkey")),
        sa.UniqueConstraint("fact_id", "role", "actor_id", name=op.f("involvement_fact_id_role_actor_id_key")),
    )
    op.create_index(op.f("involvement_actor_id_idx"), "involvement", ["actor_id"], unique=False)
    op.create_table(
        "place",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("slug", sa.Text(collation="C"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.Text(collation="C"), nullable=False),
        sa.Column("names", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("country_id", sa.Integer(), nullable=True),
        sa.Column("part_of_id", sa.Integer(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("timezone", sa.String(), nullable=True),
        sa.Column("known_since", sa.Date(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.CheckConstraint("kind IN ('COUNTRY', 'REGION', 'CITY', 'VENUE')", name=op.f("place_kind_check")),
        sa.CheckConstraint("slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name=op.f("place_slug_check")),
        sa.CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name=op.f("place_position_check")),
        sa.CheckConstraint("latitude BETWEEN -90 AND 90", name=op.f("place_latitude_check")),
        sa.CheckConstraint("longitude BETWEEN -180 AND 180", name=op.f("place_longitude_check")),
        sa.CheckConstraint("part_of_id <> id", name=op.f("place_part_of_check")),
        sa.ForeignKeyConstraint(["country_id"], ["actor.id"], name=op.f("place_country_id_fkey")),
        sa.ForeignKeyConstraint(["part_of_id"], ["place.id"], name=op.f("place_part_of_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("place_pkey")),
        sa.UniqueConstraint("slug", name=op.f("place_slug_key")),
    )
    op.create_index(op.f("place_country_id_idx"), "place", ["country_id"], unique=False)
    op.create_index("place_order_idx", "place", ["name_key", "slug"], unique=False)
    op.create_index(op.f("place_part_of_id_idx"), "place", ["part_of_id"], unique=False)
    op.create_table(
        "quote_variant",
        sa.Column("quote_id", sa.Integer(), nullable=False),
        sa.Column("variant_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("quote_id <> variant_id", name=op.f("quote_variant_different_check")),
        sa.ForeignKeyConstraint(
            ["quote_id"], ["fact.id"], name=op.f("quote_variant_quote_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["fact.id"], name=op.f("quote_variant_variant_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("quote_id", "variant_id", name=op.f("quote_variant_pkey")),
    )
    op.create_index(op.f("quote_variant_variant_id_idx"), "quote_variant", ["variant_id"], unique=False)
    op.create_table(
        "reading",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(collation="C"), nullable=False),
        sa.Column("typename", sa.String(), nullable=False),
        sa.Column("known_since", sa.Date(), nullable=False),
        sa.Column("known_from", sa.Date(), nullable=False),
        sa.Column("known_until", sa.Date(), nullable=False),
        sa.Column("date", sa.Text(collation="C"), nullable=True),
        sa.Column("date_basis", sa.String(), nullable=True),
        sa.Column("is_dated", sa.Boolean(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("labels", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("summary", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.CheckConstraint("date_basis IN ('STATED', 'RELATIVE', 'INFERRED')", name=op.f("reading_date_basis_check")),
        sa.CheckConstraint(
            "is_dated OR (first_on = 'infinity' AND last_on = 'infinity')", name=op.f("reading_undated_check")
        ),
        sa.CheckConstraint("labels ? 'en'", name=op.f("reading_labels_check")),
        sa.CheckConstraint("(date IS NULL) = (date_basis IS NULL)", name=op.f("reading_date_check")),
        sa.CheckConstraint("first_on <= last_on", name=op.f("reading_order_check")),
        sa.CheckConstraint("known_since <= known_from AND known_from <= known_until", name=op.f("reading_known_check")),
        sa.ForeignKeyConstraint(["date"], ["edtf.text"], name=op.f("reading_date_fkey")),
        sa.ForeignKeyConstraint(
            ["fact_id", "slug", "typename", "known_since"],
            ["fact.id", "fact.slug", "fact.typename", "fact.known_since"],
            name=op.f("reading_fact_id_slug_typename_known_since_fkey"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("reading_pkey")),
        sa.UniqueConstraint("fact_id", "known_from", name=op.f("reading_fact_id_known_from_key")),
        sa.UniqueConstraint("fact_id", "known_until", name=op.f("reading_fact_id_known_until_key")),
    )
    op.create_index(
        "reading_date_desc_idx",
        "reading",
        [
            sa.literal_column("is_dated DESC"),
            sa.literal_column("first_on DESC"),
            sa.literal_column("last_on DESC"),
            "slug",
        ],
        unique=False,
    )
    op.create_index("reading_date_idx", "reading", ["first_on", "last_on", "slug"], unique=False)
    op.create_index("reading_known_idx", "reading", ["known_since", "slug"], unique=False)
    op.create_index("reading_slug_idx", "reading", ["slug", "known_until"], unique=False)
    op.create_index(
        "reading_type_date_desc_idx",
        "reading",
        [
            "typename",
            sa.literal_column("is_dated DESC"),
            sa.literal_column("first_on DESC"),
            sa.literal_column("last_on DESC"),
            "slug",
        ],
        unique=False,
    )
    op.create_index("reading_type_date_idx", "reading", ["typename", "first_on", "last_on", "slug"], unique=False)
    op.create_index("reading_type_known_idx", "reading", ["typename", "known_since", "slug"], unique=False)
    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("slug", sa.Text(collation="C"), nullable=False),
        sa.Column("document", sa.Text(collation="C"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("outlet_id", sa.Integer(), nullable=True),
        sa.Column("outlet_basis", sa.String(), nullable=True),
        sa.Column("published", sa.Text(collation="C"), nullable=False),
        sa.Column("published_basis", sa.String(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("labels", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.CheckConstraint("labels ? 'en'", name=op.f("source_labels_check")),
        sa.CheckConstraint("kind IN ('ARTICLE', 'OFFICIAL_RECORD')", name=op.f("source_kind_check")),
        sa.CheckConstraint(
            "outlet_basis IN ('STATED', 'RELATIVE', 'INFERRED')", name=op.f("source_outlet_basis_check")
        ),
        sa.CheckConstraint(
            "published_basis IN ('STATED', 'RELATIVE', 'INFERRED')", name=op.f("source_published_basis_check")
        ),
        sa.CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name=op.f("source_sha256_check")),
        sa.CheckConstraint("slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name=op.f("source_slug_check")),
        sa.CheckConstraint("(outlet_id IS NULL) = (outlet_basis IS NULL)", name=op.f("source_outlet_check")),
        sa.CheckConstraint("first_on <= last_on", name=op.f("source_order_check")),
        sa.CheckConstraint("reported_on = last_on", name=op.f("source_reported_on_check")),
        sa.ForeignKeyConstraint(["outlet_id"], ["actor.id"], name=op.f("source_outlet_id_fkey")),
        sa.ForeignKeyConstraint(["published"], ["edtf.text"], name=op.f("source_published_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("source_pkey")),
        sa.UniqueConstraint("document", deferrable=True, initially="DEFERRED", name=op.f("source_document_key")),
        sa.UniqueConstraint("slug", name=op.f("source_slug_key")),
    )
    op.create_index("source_order_idx", "source", ["first_on", "last_on", "slug"], unique=False)
    op.create_index(op.f("source_outlet_id_idx"), "source", ["outlet_id"], unique=False)
    op.create_index(op.f("source_reported_on_idx"), "source", ["reported_on"], unique=False)
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("effective", sa.Text(collation="C"), nullable=True),
        sa.Column("effective_basis", sa.String(), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "effective_basis IN ('STATED', 'RELATIVE', 'INFERRED')", name=op.f("change_effective_basis_check")
        ),
        sa.CheckConstraint("(effective IS NULL) = (effective_basis IS NULL)", name=op.f("change_effective_check")),
        sa.ForeignKeyConstraint(["effective"], ["edtf.text"], name=op.f("change_effective_fkey")),
        sa.ForeignKeyConstraint(
            ["reading_id"], ["reading.id"], name=op.f("change_reading_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("change_pkey")),
        sa.UniqueConstraint("reading_id", "position", name=op.f("change_reading_id_position_key")),
    )
    op.create_table(
        "event",
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("event_type", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=True),
        sa.Column("quad_class", sa.String(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("modality", sa.String(), nullable=False),
        sa.Column("medium", sa.String(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("quote_id", sa.Integer(), nullable=True),
        sa.Column("codes_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "event_type IN ('AGREE', 'CONSULT', 'SUPPORT', 'CONCEDE', 'COOPERATE', 'AID', 'RETREAT', 'REQUEST', 'ACCUSE', 'REJECT', 'THREATEN', 'PROTEST', 'SANCTION', 'MOBILIZE', 'COERCE', 'ASSAULT')",
            name=op.f("event_event_type_check"),
        ),
        sa.CheckConstraint(
            "medium IN ('IN_PERSON', 'SPEECH', 'STATEMENT', 'PRESS_CONFERENCE', 'INTERVIEW', 'AGENCY_REPORT', 'LETTER', 'SOCIAL_MEDIA', 'CALL', 'UNKNOWN', 'NONE')",
            name=op.f("event_medium_check"),
        ),
        sa.CheckConstraint(
            "modality IN ('ACTUAL', 'HISTORICAL', 'FUTURE', 'HYPOTHETICAL', 'NEGATED')",
            name=op.f("event_modality_check"),
        ),
        sa.CheckConstraint(
            "quad_class IN ('VERBAL_COOPERATION', 'MATERIAL_COOPERATION', 'VERBAL_CONFLICT', 'MATERIAL_CONFLICT')",
            name=op.f("event_quad_class_check"),
        ),
        sa.CheckConstraint("score BETWEEN -10 AND 10", name=op.f("event_score_check")),
        sa.ForeignKeyConstraint(["codes_id"], ["fact.id"], name=op.f("event_codes_id_fkey")),
        sa.ForeignKeyConstraint(["meeting_id"], ["fact.id"], name=op.f("event_meeting_id_fkey")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("event_place_id_fkey")),
        sa.ForeignKeyConstraint(["quote_id"], ["fact.id"], name=op.f("event_quote_id_fkey")),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], name=op.f("event_reading_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("reading_id", name=op.f("event_pkey")),
    )
    op.create_index(op.f("event_codes_id_idx"), "event", ["codes_id"], unique=False)
    op.create_index(op.f("event_meeting_id_idx"), "event", ["meeting_id"], unique=False)
    op.create_index(op.f("event_place_id_idx"), "event", ["place_id"], unique=False)
    op.create_index(op.f("event_quote_id_idx"), "event", ["quote_id"], unique=False)
    op.create_index("event_score_idx", "event", ["score"], unique=False)
    op.create_table(
        "invitation",
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("issuer_id", sa.Integer(), nullable=True),
        sa.Column("issuer_description", sa.String(), nullable=True),
        sa.Column("on_behalf_of_id", sa.Integer(), nullable=True),
        sa.Column("carrier_id", sa.Integer(), nullable=True),
        sa.Column("invitee_id", sa.Integer(), nullable=False),
        sa.Column("destination_id", sa.Integer(), nullable=True),
        sa.Column("medium", sa.String(), nullable=False),
        sa.Column("response", sa.String(), nullable=False),
        sa.Column("responded", sa.Text(collation="C"), nullable=True),
        sa.Column("responded_basis", sa.String(), nullable=True),
        sa.Column("made_at_id", sa.Integer(), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "medium IN ('IN_PERSON', 'SPEECH', 'STATEMENT', 'PRESS_CONFERENCE', 'INTERVIEW', 'AGENCY_REPORT', 'LETTER', 'SOCIAL_MEDIA', 'CALL', 'UNKNOWN', 'NONE')",
            name=op.f("invitation_medium_check"),
        ),
        sa.CheckConstraint(
            "responded_basis IN ('STATED', 'RELATIVE', 'INFERRED')", name=op.f("invitation_responded_basis_check")
        ),
        sa.CheckConstraint(
            "response IN ('PENDING', 'ACCEPTED', 'DECLINED', 'DEFERRED', 'UNKNOWN')",
            name=op.f("invitation_response_check"),
        ),
        sa.CheckConstraint("(responded IS NULL) = (responded_basis IS NULL)", name=op.f("invitation_responded_check")),
        sa.CheckConstraint(
            "issuer_id IS NOT NULL OR issuer_description IS NOT NULL", name=op.f("invitation_issuer_check")
        ),
        sa.CheckConstraint("meeting_id <> made_at_id", name=op.f("invitation_meeting_check")),
        sa.ForeignKeyConstraint(["carrier_id"], ["actor.id"], name=op.f("invitation_carrier_id_fkey")),
        sa.ForeignKeyConstraint(["destination_id"], ["place.id"], name=op.f("invitation_destination_id_fkey")),
        sa.ForeignKeyConstraint(["invitee_id"], ["actor.id"], name=op.f("invitation_invitee_id_fkey")),
        sa.ForeignKeyConstraint(["issuer_id"], ["actor.id"], name=op.f("invitation_issuer_id_fkey")),
        sa.ForeignKeyConstraint(["made_at_id"], ["fact.id"], name=op.f("invitation_made_at_id_fkey")),
        sa.ForeignKeyConstraint(["meeting_id"], ["fact.id"], name=op.f("invitation_meeting_id_fkey")),
        sa.ForeignKeyConstraint(["on_behalf_of_id"], ["actor.id"], name=op.f("invitation_on_behalf_of_id_fkey")),
        sa.ForeignKeyConstraint(
            ["reading_id"], ["reading.id"], name=op.f("invitation_reading_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["responded"], ["edtf.text"], name=op.f("invitation_responded_fkey")),
        sa.PrimaryKeyConstraint("reading_id", name=op.f("invitation_pkey")),
    )
    op.create_index(op.f("invitation_carrier_id_idx"), "invitation", ["carrier_id"], unique=False)
    op.create_index(op.f("invitation_destination_id_idx"), "invitation", ["destination_id"], unique=False)
    op.create_index(op.f("invitation_invitee_id_idx"), "invitation", ["invitee_id"], unique=False)
    op.create_index(op.f("invitation_issuer_id_idx"), "invitation", ["issuer_id"], unique=False)
    op.create_index(op.f("invitation_made_at_id_idx"), "invitation", ["made_at_id"], unique=False)
    op.create_index(op.f("invitation_meeting_id_idx"), "invitation", ["meeting_id"], unique=False)
    op.create_index(op.f("invitation_on_behalf_of_id_idx"), "invitation", ["on_behalf_of_id"], unique=False)
    op.create_table(
        "meeting",
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("planned", sa.Text(collation="C"), nullable=True),
        sa.Column("planned_basis", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("names", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint(
            "format IN ('SUMMIT', 'MEETING', 'TALKS', 'VISIT', 'MULTILATERAL', 'WORKING_TALKS', 'DINNER', 'CALL')",
            name=op.f("meeting_format_check"),
        ),
        sa.CheckConstraint(
            "level IN ('LEADERS', 'MINISTERS', 'ENVOYS', 'OFFICIALS')", name=op.f("meeting_level_check")
        ),
        sa.CheckConstraint(
            "outcome IN ('PENDING', 'JOINT_STATEMENT', 'DECLARATION', 'AGREEMENT', 'UNDERSTANDING', 'NO_AGREEMENT', 'NOT_HELD', 'UNKNOWN')",
            name=op.f("meeting_outcome_check"),
        ),
        sa.CheckConstraint("phase IN ('PLANNED', 'UNDERWAY', 'HELD', 'OFF')", name=op.f("meeting_phase_check")),
        sa.CheckConstraint(
            "planned_basis IN ('STATED', 'RELATIVE', 'INFERRED')", name=op.f("meeting_planned_basis_check")
        ),
        sa.CheckConstraint(
            "status IN ('RUMOURED', 'PROPOSED', 'AGREED', 'SCHEDULED', 'POSTPONED', 'CANCELLED', 'UNDER_RECONSIDERATION', 'REINSTATED', 'IN_PROGRESS', 'HELD', 'CUT_SHORT', 'DEFERRED')",
            name=op.f("meeting_status_check"),
        ),
        sa.CheckConstraint("(planned IS NULL) = (planned_basis IS NULL)", name=op.f("meeting_planned_check")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("meeting_place_id_fkey")),
        sa.ForeignKeyConstraint(["planned"], ["edtf.text"], name=op.f("meeting_planned_fkey")),
        sa.ForeignKeyConstraint(
            ["reading_id"], ["reading.id"], name=op.f("meeting_reading_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("reading_id", name=op.f("meeting_pkey")),
    )
    op.create_index(op.f("meeting_place_id_idx"), "meeting", ["place_id"], unique=False)
    op.create_table(
        "name",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("fact_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.CheckConstraint("kind IN ('COMMON', 'OFFICIAL', 'ALIAS', 'ROMANIZATION')", name=op.f("name_kind_check")),
        sa.CheckConstraint("num_nonnulls(actor_id, place_id, fact_id) = 1", name=op.f("name_owner_check")),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("name_actor_id_fkey"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["fact_id"], ["fact.id"], name=op.f("name_fact_id_fkey"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("name_place_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("name_pkey")),
        sa.UniqueConstraint("actor_id", "language", "kind", "text", name=op.f("name_actor_id_language_kind_text_key")),
        sa.UniqueConstraint("fact_id", "language", "kind", "text", name=op.f("name_fact_id_language_kind_text_key")),
        sa.UniqueConstraint("place_id", "language", "kind", "text", name=op.f("name_place_id_language_kind_text_key")),
    )
    op.create_table(
        "office",
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("titles", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("of_id", sa.Integer(), nullable=True),
        sa.Column("attested", sa.Text(collation="C"), nullable=True),
        sa.Column("attested_basis", sa.String(), nullable=True),
        sa.CheckConstraint(
            "attested_basis IN ('STATED', 'RELATIVE', 'INFERRED')", name=op.f("office_attested_basis_check")
        ),
        sa.CheckConstraint("(attested IS NULL) = (attested_basis IS NULL)", name=op.f("office_attested_check")),
        sa.ForeignKeyConstraint(["attested"], ["edtf.text"], name=op.f("office_attested_fkey")),
        sa.ForeignKeyConstraint(["of_id"], ["actor.id"], name=op.f("office_of_id_fkey")),
        sa.ForeignKeyConstraint(["person_id"], ["actor.id"], name=op.f("office_person_id_fkey")),
        sa.ForeignKeyConstraint(
            ["reading_id"], ["reading.id"], name=op.f("office_reading_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("reading_id", name=op.f("office_pkey")),
    )
    op.create_index(op.f("office_of_id_idx"), "office", ["of_id"], unique=False)
    op.create_index(op.f("office_person_id_idx"), "office", ["person_id"], unique=False)
    op.create_table(
        "passage",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("from_char", sa.Integer(), nullable=False),
        sa.Column("to_char", sa.Integer(), nullable=False),
        sa.Column("paragraph", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("exact", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.CheckConstraint("(state = 'UNCHECKED') = (exact IS NULL)", name=op.f("passage_exact_check")),
        sa.CheckConstraint(
            "role IN ('BODY', 'HEADLINE', 'TEASER', 'CAPTION', 'PULL_QUOTE', 'BOILERPLATE')",
            name=op.f("passage_role_check"),
        ),
        sa.CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name=op.f("passage_sha256_check")),
        sa.CheckConstraint("state IN ('VERIFIED', 'UNCHECKED', 'ORPHAN')", name=op.f("passage_state_check")),
        sa.CheckConstraint("from_char >= 0 AND from_char < to_char", name=op.f("passage_order_check")),
        sa.CheckConstraint("paragraph >= 1", name=op.f("passage_paragraph_check")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("passage_source_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("passage_pkey")),
        sa.UniqueConstraint("source_id", "from_char", "to_char", name=op.f("passage_source_id_from_char_to_char_key")),
    )
    op.create_table(
        "place_within",
        sa.Column("container_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["container_id"], ["place.id"], name=op.f("place_within_container_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("place_within_place_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("container_id", "place_id", name=op.f("place_within_pkey")),
    )
    op.create_index(op.f("place_within_place_id_idx"), "place_within", ["place_id"], unique=False)
    op.create_table(
        "presence",
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(collation="C"), nullable=False),
        sa.Column("typename", sa.String(), nullable=False),
        sa.Column("known_since", sa.Date(), nullable=False),
        sa.Column("known_from", sa.Date(), nullable=False),
        sa.Column("known_until", sa.Date(), nullable=False),
        sa.Column("is_dated", sa.Boolean(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("roles", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("is_coding", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("presence_actor_id_fkey")),
        sa.ForeignKeyConstraint(
            ["reading_id"], ["reading.id"], name=op.f("presence_reading_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("actor_id", "reading_id", name=op.f("presence_pkey")),
    )
    op.create_index(
        "presence_date_desc_idx",
        "presence",
        [
            "actor_id",
            sa.literal_column("is_dated DESC"),
            sa.literal_column("first_on DESC"),
            sa.literal_column("last_on DESC"),
            "slug",
        ],
        unique=False,
    )
    op.create_index("presence_date_idx", "presence", ["actor_id", "first_on", "last_on", "slug"], unique=False)
    op.create_index("presence_known_idx", "presence", ["actor_id", "known_since", "slug"], unique=False)
    op.create_index(op.f("presence_reading_id_idx"), "presence", ["reading_id"], unique=False)
    op.create_index(
        "presence_type_idx", "presence", ["actor_id", "typename", "first_on", "last_on", "slug"], unique=False
    )
    op.create_table(
        "relationship",
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('PEOPLE', 'STATES')", name=op.f("relationship_kind_check")),
        sa.CheckConstraint("one_id <> other_id", name=op.f("relationship_parties_check")),
        sa.ForeignKeyConstraint(["one_id"], ["actor.id"], name=op.f("relationship_one_id_fkey")),
        sa.ForeignKeyConstraint(["other_id"], ["actor.id"], name=op.f("relationship_other_id_fkey")),
        sa.ForeignKeyConstraint(
            ["reading_id"], ["reading.id"], name=op.f("relationship_reading_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("reading_id", name=op.f("relationship_pkey")),
    )
    op.create_index(op.f("relationship_other_id_idx"), "relationship", ["other_id"], unique=False)
    op.create_index("relationship_parties_idx", "relationship", ["one_id", "other_id"], unique=False)
    op.create_table(
        "source_credit",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["actor.id"], name=op.f("source_credit_organisation_id_fkey")),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("source_credit_source_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("source_id", "organisation_id", name=op.f("source_credit_pkey")),
    )
    op.create_index(op.f("source_credit_organisation_id_idx"), "source_credit", ["organisation_id"], unique=False)
    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("slug", sa.Text(collation="C"), nullable=False),
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("property", sa.Text(collation="C"), nullable=False),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("value_date", sa.Text(collation="C"), nullable=True),
        sa.Column("value_typename", sa.String(), nullable=True),
        sa.Column("effective", sa.Text(collation="C"), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("rank", sa.String(), nullable=False),
        sa.Column("factuality", sa.String(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("passage_id", sa.Integer(), nullable=False),
        sa.Column("origin_id", sa.Integer(), nullable=True),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("note", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("labels", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint("labels ? 'en'", name=op.f("claim_labels_check")),
        sa.CheckConstraint("basis IN ('STATED', 'RELATIVE', 'INFERRED')", name=op.f("claim_basis_check")),
        sa.CheckConstraint(
            "factuality IN ('CERTAIN', 'PROBABLE', 'POSSIBLE', 'UNCOMMITTED', 'DENIED')",
            name=op.f("claim_factuality_check"),
        ),
        sa.CheckConstraint("origin <> ''", name=op.f("claim_origin_check")),
        sa.CheckConstraint("rank IN ('PREFERRED', 'NORMAL', 'DEPRECATED')", name=op.f("claim_rank_check")),
        sa.CheckConstraint("slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name=op.f("claim_slug_check")),
        sa.CheckConstraint("position >= 1", name=op.f("claim_position_check")),
        sa.ForeignKeyConstraint(["effective"], ["edtf.text"], name=op.f("claim_effective_fkey")),
        sa.ForeignKeyConstraint(["fact_id"], ["fact.id"], name=op.f("claim_fact_id_fkey"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["origin_id"], ["actor.id"], name=op.f("claim_origin_id_fkey")),
        sa.ForeignKeyConstraint(["passage_id"], ["passage.id"], name=op.f("claim_passage_id_fkey")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("claim_source_id_fkey")),
        sa.ForeignKeyConstraint(["value_date"], ["edtf.text"], name=op.f("claim_value_date_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("claim_pkey")),
        sa.UniqueConstraint("slug", name=op.f("claim_slug_key")),
    )
    op.create_index("claim_fact_idx", "claim", ["fact_id", "property", "reported_on", "slug"], unique=False)
    op.create_index("claim_order_idx", "claim", ["reported_on", "slug"], unique=False)
    op.create_index(op.f("claim_origin_id_idx"), "claim", ["origin_id"], unique=False)
    op.create_index(op.f("claim_passage_id_idx"), "claim", ["passage_id"], unique=False)
    op.create_index("claim_source_idx", "claim", ["source_id", "reported_on", "slug"], unique=False)
    op.create_table(
        "name_source",
        sa.Column("name_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("occurrences", sa.Integer(), nullable=False),
        sa.CheckConstraint("occurrences > 0", name=op.f("name_source_occurrences_check")),
        sa.ForeignKeyConstraint(["name_id"], ["name.id"], name=op.f("name_source_name_id_fkey"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("name_source_source_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("name_id", "source_id", name=op.f("name_source_pkey")),
    )
    op.create_index(op.f("name_source_source_id_idx"), "name_source", ["source_id"], unique=False)
    op.create_table(
        "attribution_step",
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("passage_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "role IN ('UTTERER', 'WITNESS', 'RELAY', 'AGENCY', 'OUTLET', 'TRANSLATOR')",
            name=op.f("attribution_step_role_check"),
        ),
        sa.CheckConstraint("actor_id IS NOT NULL OR description IS NOT NULL", name=op.f("attribution_step_who_check")),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("attribution_step_actor_id_fkey")),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("attribution_step_claim_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["passage_id"], ["passage.id"], name=op.f("attribution_step_passage_id_fkey")),
        sa.PrimaryKeyConstraint("claim_id", "position", name=op.f("attribution_step_pkey")),
    )
    op.create_index(op.f("attribution_step_actor_id_idx"), "attribution_step", ["actor_id"], unique=False)
    op.create_index(op.f("attribution_step_passage_id_idx"), "attribution_step", ["passage_id"], unique=False)
    op.create_table(
        "change_claim",
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["change.id"], name=op.f("change_claim_change_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("change_claim_claim_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("change_id", "claim_id", name=op.f("change_claim_pkey")),
    )
    op.create_index(op.f("change_claim_claim_id_idx"), "change_claim", ["claim_id"], unique=False)
    op.create_table(
        "claim_context",
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("passage_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("claim_context_claim_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["passage_id"], ["passage.id"], name=op.f("claim_context_passage_id_fkey")),
        sa.PrimaryKeyConstraint("claim_id", "position", name=op.f("claim_context_pkey")),
    )
    op.create_index(op.f("claim_context_passage_id_idx"), "claim_context", ["passage_id"], unique=False)
    op.create_table(
        "conflict_claim",
        sa.Column("conflict_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("conflict_claim_claim_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["conflict_id"], ["conflict.id"], name=op.f("conflict_claim_conflict_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conflict_id", "claim_id", name=op.f("conflict_claim_pkey")),
    )
    op.create_index(op.f("conflict_claim_claim_id_idx"), "conflict_claim", ["claim_id"], unique=False)
    op.create_table(
        "decided",
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("property", sa.Text(collation="C"), nullable=False),
        sa.Column("known_from", sa.Date(), nullable=False),
        sa.Column("known_until", sa.Date(), nullable=False),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("known_from <= known_until", name=op.f("decided_known_check")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("decided_claim_id_fkey")),
        sa.ForeignKeyConstraint(["fact_id"], ["fact.id"], name=op.f("decided_fact_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("fact_id", "property", "known_from", name=op.f("decided_pkey")),
        sa.UniqueConstraint(
            "fact_id", "property", "known_until", name=op.f("decided_fact_id_property_known_until_key")
        ),
    )
    op.create_index(op.f("decided_claim_id_idx"), "decided", ["claim_id"], unique=False)
    op.create_table(
        "involvement_claim",
        sa.Column("involvement_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("involvement_claim_claim_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["involvement_id"],
            ["involvement.id"],
            name=op.f("involvement_claim_involvement_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("involvement_id", "claim_id", name=op.f("involvement_claim_pkey")),
    )
    op.create_index(op.f("involvement_claim_claim_id_idx"), "involvement_claim", ["claim_id"], unique=False)
    op.create_table(
        "quote",
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("original_language", sa.String(), nullable=True),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("medium", sa.String(), nullable=False),
        sa.Column("translations", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=True),
        sa.Column("speaker_description", sa.String(), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("text_claim_id", sa.Integer(), nullable=False),
        sa.Column("is_hearsay", sa.Boolean(), nullable=False),
        sa.CheckConstraint("form IN ('DIRECT', 'PARTIAL', 'TERM', 'INDIRECT')", name=op.f("quote_form_check")),
        sa.CheckConstraint(
            "medium IN ('IN_PERSON', 'SPEECH', 'STATEMENT', 'PRESS_CONFERENCE', 'INTERVIEW', 'AGENCY_REPORT', 'LETTER', 'SOCIAL_MEDIA', 'CALL', 'UNKNOWN', 'NONE')",
            name=op.f("quote_medium_check"),
        ),
        sa.CheckConstraint(
            "speaker_id IS NOT NULL OR speaker_description IS NOT NULL", name=op.f("quote_speaker_check")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["fact.id"], name=op.f("quote_meeting_id_fkey")),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], name=op.f("quote_reading_id_fkey"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["speaker_id"], ["actor.id"], name=op.f("quote_speaker_id_fkey")),
        sa.ForeignKeyConstraint(["text_claim_id"], ["claim.id"], name=op.f("quote_text_claim_id_fkey")),
        sa.PrimaryKeyConstraint("reading_id", name=op.f("quote_pkey")),
    )
    op.create_index(op.f("quote_meeting_id_idx"), "quote", ["meeting_id"], unique=False)
    op.create_index(op.f("quote_speaker_id_idx"), "quote", ["speaker_id"], unique=False)
    op.create_index(op.f("quote_text_claim_id_idx"), "quote", ["text_claim_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("quote_text_claim_id_idx"), table_name="quote")
    op.drop_index(op.f("quote_speaker_id_idx"), table_name="quote")
    op.drop_index(op.f("quote_meeting_id_idx"), table_name="quote")
    op.drop_table("quote")
    op.drop_index(op.f("involvement_claim_claim_id_idx"), table_name="involvement_claim")
    op.drop_table("involvement_claim")
    op.drop_index(op.f("decided_claim_id_idx"), table_name="decided")
    op.drop_table("decided")
    op.drop_index(op.f("conflict_claim_claim_id_idx"), table_name="conflict_claim")
    op.drop_table("conflict_claim")
    op.drop_index(op.f("claim_context_passage_id_idx"), table_name="claim_context")
    op.drop_table("claim_context")
    op.drop_index(op.f("change_claim_claim_id_idx"), table_name="change_claim")
    op.drop_table("change_claim")
    op.drop_index(op.f("attribution_step_passage_id_idx"), table_name="attribution_step")
    op.drop_index(op.f("attribution_step_actor_id_idx"), table_name="attribution_step")
    op.drop_table("attribution_step")
    op.drop_index(op.f("name_source_source_id_idx"), table_name="name_source")
    op.drop_table("name_source")
    op.drop_index("claim_source_idx", table_name="claim")
    op.drop_index(op.f("claim_passage_id_idx"), table_name="claim")
    op.drop_index(op.f("claim_origin_id_idx"), table_name="claim")
    op.drop_index("claim_order_idx", table_name="claim")
    op.drop_index("claim_fact_idx", table_name="claim")
    op.drop_table("claim")
    op.drop_index(op.f("source_credit_organisation_id_idx"), table_name="source_credit")
    op.drop_table("source_credit")
    op.drop_index("relationship_parties_idx", table_name="relationship")
    op.drop_index(op.f("relationship_other_id_idx"), table_name="relationship")
    op.drop_table("relationship")
    op.drop_index("presence_type_idx", table_name="presence")
    op.drop_index(op.f("presence_reading_id_idx"), table_name="presence")
    op.drop_index("presence_known_idx", table_name="presence")
    op.drop_index("presence_date_idx", table_name="presence")
    op.drop_index("presence_date_desc_idx", table_name="presence")
    op.drop_table("presence")
    op.drop_index(op.f("place_within_place_id_idx"), table_name="place_within")
    op.drop_table("place_within")
    op.drop_table("passage")
    op.drop_index(op.f("office_person_id_idx"), table_name="office")
    op.drop_index(op.f("office_of_id_idx"), table_name="office")
    op.drop_table("office")
    op.drop_table("name")
    op.drop_index(op.f("meeting_place_id_idx"), table_name="meeting")
    op.drop_table("meeting")
    op.drop_index(op.f("invitation_on_behalf_of_id_idx"), table_name="invitation")
    op.drop_index(op.f("invitation_meeting_id_idx"), table_name="invitation")
    op.drop_index(op.f("invitation_made_at_id_idx"), table_name="invitation")
    op.drop_index(op.f("invitation_issuer_id_idx"), table_name="invitation")
    op.drop_index(op.f("invitation_invitee_id_idx"), table_name="invitation")
    op.drop_index(op.f("invitation_destination_id_idx"), table_name="invitation")
    op.drop_index(op.f("invitation_carrier_id_idx"), table_name="invitation")
    op.drop_table("invitation")
    op.drop_index("event_score_idx", table_name="event")
    op.drop_index(op.f("event_quote_id_idx"), table_name="event")
    op.drop_index(op.f("event_place_id_idx"), table_name="event")
    op.drop_index(op.f("event_meeting_id_idx"), table_name="event")
    op.drop_index(op.f("event_codes_id_idx"), table_name="event")
    op.drop_table("event")
    op.drop_table("change")
    op.drop_index(op.f("source_reported_on_idx"), table_name="source")
    op.drop_index(op.f("source_outlet_id_idx"), table_name="source")
    op.drop_index("source_order_idx", table_name="source")
    op.drop_table("source")
    op.drop_index("reading_type_known_idx", table_name="reading")
    op.drop_index("reading_type_date_idx", table_name="reading")
    op.drop_index("reading_type_date_desc_idx", table_name="reading")
    op.drop_index("reading_slug_idx", table_name="reading")
    op.drop_index("reading_known_idx", table_name="reading")
    op.drop_index("reading_date_idx", table_name="reading")
    op.drop_index("reading_date_desc_idx", table_name="reading")
    op.drop_table("reading")
    op.drop_index(op.f("quote_variant_variant_id_idx"), table_name="quote_variant")
    op.drop_table("quote_variant")
    op.drop_index(op.f("place_part_of_id_idx"), table_name="place")
    op.drop_index("place_order_idx", table_name="place")
    op.drop_index(op.f("place_country_id_idx"), table_name="place")
    op.drop_table("place")
    op.drop_index(op.f("involvement_actor_id_idx"), table_name="involvement")
    op.drop_table("involvement")
    op.drop_index(op.f("fact_about_about_id_idx"), table_name="fact_about")
    op.drop_table("fact_about")
    op.drop_table("term")
    op.drop_table("fact")
    op.drop_table("edtf")
    op.drop_table("dataset")
    op.drop_table("conflict")
    op.drop_index("actor_order_idx", table_name="actor")
    op.drop_index(op.f("actor_country_id_idx"), table_name="actor")
    op.drop_table("actor")
