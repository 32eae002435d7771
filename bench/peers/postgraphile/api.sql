-- The schema that PostGraphile serves: views over the register's tables for what the benchmark asks, and functions for
-- what a view cannot say. Smart comments tell it the keys and the relations; what is not asked for is left out.
CREATE SCHEMA api;

-- ------------------------------------------------------------------ what facts refer to

CREATE VIEW api.edtf_date AS SELECT text AS edtf, labels ->> 'en' AS label FROM public.edtf;
COMMENT ON VIEW api.edtf_date IS '@primaryKey edtf';

CREATE VIEW api.place AS SELECT id, slug, name FROM public.place;
COMMENT ON VIEW api.place IS '@primaryKey id';

CREATE VIEW api.actor AS SELECT id, slug, name FROM public.actor;
COMMENT ON VIEW api.actor IS $$
@primaryKey id
@unique slug
$$;

CREATE VIEW api.country AS SELECT id, slug, code, name, name_key FROM public.actor WHERE typename = 'Country';
COMMENT ON VIEW api.country IS $$
@primaryKey id
@unique slug
$$;

CREATE VIEW api.organisation AS SELECT id, slug, name FROM public.actor WHERE typename = 'Organisation';
COMMENT ON VIEW api.organisation IS $$
@primaryKey id
@unique slug
$$;

CREATE VIEW api.leader AS
SELECT id, slug, name, name_key, name AS label, is_leader, wikidata, country_id
FROM public.actor WHERE typename = 'Person' AND is_leader;
COMMENT ON VIEW api.leader IS $$
@primaryKey id
@unique slug
@foreignKey (country_id) references api.country (id)|@fieldName country
$$;

CREATE VIEW api.source AS
SELECT id, slug, title, labels ->> 'en' AS label, outlet_id, first_on, last_on FROM public.source;
COMMENT ON VIEW api.source IS $$
@primaryKey id
@unique slug
@foreignKey (outlet_id) references api.organisation (id)|@fieldName outlet|@foreignFieldName sources
$$;

-- ------------------------------------------------------------------ facts
-- A snapshot and its row of the kind are joined from the left, though there is always one: joined on equal terms the
-- planner takes the two for independent, expects far too few rows, and sorts all of them for a page of twenty.

CREATE VIEW api.meeting AS
SELECT snapshot.fact_id AS id, snapshot.slug, meeting.name, meeting.status
FROM public.snapshot LEFT JOIN public.meeting ON meeting.snapshot_id = snapshot.id
WHERE snapshot.typename IN ('Summit', 'Talks') AND snapshot.known_until = 'infinity';
COMMENT ON VIEW api.meeting IS '@primaryKey id';

CREATE VIEW api.summit AS
SELECT
    snapshot.fact_id AS id, snapshot.slug, meeting.name, meeting.status, meeting.phase, meeting.outcome,
    snapshot.date AS edtf, meeting.place_id, snapshot.is_dated, snapshot.first_on, snapshot.last_on
FROM public.snapshot LEFT JOIN public.meeting ON meeting.snapshot_id = snapshot.id
WHERE snapshot.typename = 'Summit' AND snapshot.known_until = 'infinity';
COMMENT ON VIEW api.summit IS $$
@primaryKey id
@foreignKey (edtf) references api.edtf_date (edtf)|@fieldName date
@foreignKey (place_id) references api.place (id)|@fieldName place
$$;

CREATE VIEW api.participant AS
SELECT id, fact_id, actor_id, role, position FROM public.involvement
WHERE role IN ('PARTICIPANT', 'HOST') AND known_until = 'infinity';
COMMENT ON VIEW api.participant IS $$
@primaryKey id
@foreignKey (fact_id) references api.summit (id)|@foreignSimpleFieldName participants|@behavior +list -connection
@foreignKey (actor_id) references api.actor (id)|@fieldName actor
$$;

CREATE VIEW api.quote AS
SELECT
    snapshot.fact_id AS id, snapshot.slug, quote.text, quote.language, quote.form, quote.is_hearsay,
    snapshot.date AS edtf, quote.speaker_id, quote.meeting_id, snapshot.is_dated, snapshot.first_on, snapshot.last_on
FROM public.snapshot LEFT JOIN public.quote ON quote.snapshot_id = snapshot.id
WHERE snapshot.typename = 'Quote' AND snapshot.known_until = 'infinity';
COMMENT ON VIEW api.quote IS $$
@primaryKey id
@foreignKey (edtf) references api.edtf_date (edtf)|@fieldName date
@foreignKey (speaker_id) references api.actor (id)|@fieldName speaker|@foreignFieldName quotes
@foreignKey (meeting_id) references api.meeting (id)|@fieldName meeting
$$;

CREATE VIEW api.claim AS
SELECT id, slug, fact_id, property, value, rank, reported_on, source_id FROM public.claim;
COMMENT ON VIEW api.claim IS $$
@primaryKey id
@foreignKey (fact_id) references api.quote (id)|@foreignFieldName claims
@foreignKey (source_id) references api.source (id)|@fieldName source|@foreignFieldName claims
$$;

CREATE VIEW api.conflict AS SELECT id, slug, labels ->> 'en' AS label FROM public.conflict;
COMMENT ON VIEW api.conflict IS '@primaryKey id';

CREATE VIEW api.invitation AS
SELECT
    snapshot.fact_id AS id, snapshot.slug, snapshot.labels ->> 'en' AS label, invitation.response, snapshot.first_on,
    snapshot.last_on
FROM public.snapshot LEFT JOIN public.invitation ON invitation.snapshot_id = snapshot.id
WHERE snapshot.typename = 'Invitation' AND snapshot.known_until = 'infinity';
COMMENT ON VIEW api.invitation IS '@primaryKey id';

CREATE VIEW api.event AS
SELECT
    snapshot.fact_id AS id, snapshot.slug, snapshot.labels ->> 'en' AS label, event.score, snapshot.first_on,
    snapshot.last_on
FROM public.snapshot LEFT JOIN public.event ON event.snapshot_id = snapshot.id
WHERE snapshot.typename = 'Event' AND snapshot.known_until = 'infinity';
COMMENT ON VIEW api.event IS '@primaryKey id';

CREATE VIEW api.office AS
SELECT
    snapshot.fact_id AS id, snapshot.slug, office.title, office.of_id, snapshot.first_on, snapshot.last_on
FROM public.snapshot LEFT JOIN public.office ON office.snapshot_id = snapshot.id
WHERE snapshot.typename = 'Office' AND snapshot.known_until = 'infinity';
COMMENT ON VIEW api.office IS $$
@primaryKey id
@foreignKey (of_id) references api.country (id)|@foreignFieldName offices
$$;

-- the quotes that an actor is in, in whatever role
CREATE VIEW api.quote_of_leader AS
SELECT
    presence.actor_id, presence.snapshot_id, presence.slug, quote.text, quote.language, quote.form, quote.is_hearsay,
    snapshot.date AS edtf, quote.meeting_id, presence.first_on, presence.last_on
FROM public.presence
LEFT JOIN public.snapshot ON snapshot.id = presence.snapshot_id
LEFT JOIN public.quote ON quote.snapshot_id = presence.snapshot_id
WHERE presence.typename = 'Quote' AND presence.known_until = 'infinity';
COMMENT ON VIEW api.quote_of_leader IS $$
@primaryKey actor_id,snapshot_id
@foreignKey (actor_id) references api.leader (id)|@foreignFieldName quotes
@foreignKey (edtf) references api.edtf_date (edtf)|@fieldName date
@foreignKey (meeting_id) references api.meeting (id)|@fieldName meeting
$$;

-- ------------------------------------------------------------------ what stands between two

CREATE VIEW api.fact AS
SELECT
    snapshot.fact_id AS id, snapshot.slug, snapshot.typename, snapshot.labels ->> 'en' AS label, snapshot.date AS edtf,
    snapshot.is_dated, snapshot.first_on, snapshot.last_on
FROM public.snapshot WHERE snapshot.known_until = 'infinity';
COMMENT ON VIEW api.fact IS $$
@primaryKey id
@foreignKey (edtf) references api.edtf_date (edtf)|@fieldName date
$$;

-- the facts, and the meetings, that an actor is in, in whatever role
CREATE VIEW api.fact_of_actor AS
SELECT
    presence.actor_id, presence.snapshot_id, presence.slug, snapshot.labels ->> 'en' AS label, snapshot.is_dated,
    presence.first_on, presence.last_on
FROM public.presence LEFT JOIN public.snapshot ON snapshot.id = presence.snapshot_id
WHERE presence.known_until = 'infinity';
COMMENT ON VIEW api.fact_of_actor IS $$
@primaryKey actor_id,snapshot_id
@foreignKey (actor_id) references api.actor (id)|@foreignFieldName facts
$$;

CREATE VIEW api.meeting_of_actor AS
SELECT
    presence.actor_id, presence.snapshot_id, presence.slug, meeting.name, presence.first_on, presence.last_on
FROM public.presence LEFT JOIN public.meeting ON meeting.snapshot_id = presence.snapshot_id
WHERE presence.typename IN ('Summit', 'Talks') AND presence.known_until = 'infinity';
COMMENT ON VIEW api.meeting_of_actor IS $$
@primaryKey actor_id,snapshot_id
@foreignKey (actor_id) references api.actor (id)|@foreignFieldName meetings
$$;

CREATE FUNCTION api.source_facts(source api.source) RETURNS SETOF api.fact
LANGUAGE sql STABLE ROWS 200 AS $$
    SELECT fact.* FROM api.fact WHERE id IN (SELECT fact_id FROM public.claim WHERE source_id = source.id)
    ORDER BY first_on, last_on, slug
$$;

CREATE VIEW api.involvement AS
SELECT id, fact_id, actor_id, role, position FROM public.involvement WHERE known_until = 'infinity';
COMMENT ON VIEW api.involvement IS $$
@primaryKey id
@foreignKey (fact_id) references api.fact (id)|@foreignSimpleFieldName involvements|@behavior +list -connection
@foreignKey (actor_id) references api.actor (id)|@fieldName actor
$$;

CREATE VIEW api.relationship AS
SELECT snapshot.fact_id AS id, snapshot.slug, relationship.one_id, relationship.other_id
FROM public.snapshot LEFT JOIN public.relationship ON relationship.snapshot_id = snapshot.id
WHERE snapshot.known_until = 'infinity';
COMMENT ON VIEW api.relationship IS $$
@primaryKey id
@unique slug
$$;

CREATE FUNCTION api.relationship_timeline(relationship api.relationship) RETURNS SETOF api.fact
LANGUAGE sql STABLE ROWS 50 AS $$
    SELECT
        snapshot.fact_id, snapshot.slug, snapshot.typename, snapshot.labels ->> 'en', snapshot.date, snapshot.is_dated,
        snapshot.first_on, snapshot.last_on
    FROM public.shared LEFT JOIN public.snapshot ON snapshot.id = shared.snapshot_id
    WHERE shared.between_id = relationship.id AND shared.known_until = 'infinity' AND NOT shared.is_coding
        AND shared.typename <> 'Relationship'
    ORDER BY shared.first_on, shared.last_on, shared.slug
$$;

-- ------------------------------------------------------------------ as of a day

CREATE VIEW api.summit_as_of AS
SELECT
    NULL::date AS as_of, snapshot.fact_id AS id, snapshot.slug, meeting.name, meeting.status, meeting.phase,
    meeting.outcome, snapshot.date AS edtf, meeting.place_id
FROM public.snapshot LEFT JOIN public.meeting ON meeting.snapshot_id = snapshot.id;
COMMENT ON VIEW api.summit_as_of IS $$
@behavior -query:resource:connection -query:resource:list
@foreignKey (edtf) references api.edtf_date (edtf)|@fieldName date
@foreignKey (place_id) references api.place (id)|@fieldName place
$$;

CREATE FUNCTION api.summits_as_of(day date) RETURNS SETOF api.summit_as_of
LANGUAGE sql STABLE AS $$
    SELECT
        day, snapshot.fact_id, snapshot.slug, meeting.name, meeting.status, meeting.phase, meeting.outcome, snapshot.date,
        meeting.place_id
    FROM public.snapshot LEFT JOIN public.meeting ON meeting.snapshot_id = snapshot.id
    WHERE snapshot.typename = 'Summit' AND snapshot.known_from <= day AND snapshot.known_until >= day
    ORDER BY snapshot.first_on, snapshot.last_on, snapshot.slug
$$;

CREATE FUNCTION api.summit_as_of_participants(summit api.summit_as_of) RETURNS SETOF api.participant
LANGUAGE sql STABLE AS $$
    SELECT id, fact_id, actor_id, role, position FROM public.involvement
    WHERE fact_id = summit.id AND role IN ('PARTICIPANT', 'HOST')
        AND known_from <= summit.as_of AND known_until >= summit.as_of
    ORDER BY position, id
$$;
COMMENT ON FUNCTION api.summit_as_of_participants IS '@behavior +list -connection';

-- ------------------------------------------------------------------ search

-- a view only for the type of its rows: PostGraphile takes no functions of a composite type without input
CREATE VIEW api.hit AS
SELECT typename, slug, fact_id, actor_id, place_id, source_id, NULL::tsquery[] AS queries FROM public.search_text;
COMMENT ON VIEW api.hit IS '@behavior -query:resource:connection -query:resource:list';

CREATE TYPE api.match_part AS (text text, is_hit boolean);

-- the queries are those that the service makes of a text: what is found, what is a hit, its forms, its names; each is
-- read once, not for every row
CREATE FUNCTION api.search(queries text[]) RETURNS SETOF api.hit
LANGUAGE sql STABLE AS $$
    SELECT typename, slug, fact_id, actor_id, place_id, source_id, (SELECT queries::tsquery[])
    FROM public.search_text
    WHERE lexemes @@ (SELECT queries[1]::tsquery) AND known_until = 'infinity'
    ORDER BY
        CASE
            WHEN lexemes @@ (SELECT queries[4]::tsquery) THEN 2
            WHEN lexemes @@ (SELECT queries[5]::tsquery) THEN 1 ELSE 0
        END + 0.49 * prominence * CASE
            WHEN typename IN ('Person', 'Organisation', 'Country', 'Place')
                AND lexemes @@ (SELECT queries[6]::tsquery)
            THEN 0.98 + ts_rank('{0.1,0.15,0.6,1}', lexemes, (SELECT queries[3]::tsquery)) * 0.02
            WHEN lexemes @@ (SELECT queries[3]::tsquery)
            THEN 0.05 + ts_rank('{0.1,0.15,0.6,1}', lexemes, (SELECT queries[3]::tsquery)) * 0.45
            ELSE CASE WHEN typename IN ('Person', 'Organisation', 'Country', 'Place') THEN 0.01 ELSE 0 END
                + ts_rank('{0.1,0.15,0.6,1}', lexemes, (SELECT queries[2]::tsquery)) * 0.01
        END DESC, typename, slug
$$;

CREATE FUNCTION api.hit_label(hit api.hit) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT coalesce(
        (SELECT labels ->> 'en' FROM public.snapshot WHERE fact_id = hit.fact_id AND known_until = 'infinity'),
        (SELECT name FROM public.actor WHERE id = hit.actor_id),
        (SELECT name FROM public.place WHERE id = hit.place_id),
        (SELECT labels ->> 'en' FROM public.source WHERE id = hit.source_id)
    )
$$;

CREATE FUNCTION api.hit_matched(hit api.hit) RETURNS SETOF api.match_part
LANGUAGE sql STABLE AS $$
    SELECT part.text, part.is_hit
    FROM public.search_matched(hit.typename, hit.slug, 'infinity', hit.queries) AS part ORDER BY part.place
$$;
COMMENT ON FUNCTION api.hit_matched IS '@behavior +list -connection';
