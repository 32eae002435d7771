"""Count at the load what ties each two people, the tone between each two, and events by their scores."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0db483776992"
down_revision = "c4b0d7e19a52"
branch_labels = None
depends_on = None

NETWORK_CELLS = r"""
CREATE FUNCTION network_cells(kinds text[], settings text[], first_day date, last_day date, is_within boolean)
RETURNS smallint[]
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    WITH matching AS (
        SELECT id, within_id FROM network_cell
        WHERE (kinds IS NULL OR kind = ANY (kinds))
            AND (settings IS NULL OR kind <> 'MEETING' OR setting = ANY (settings))
            AND (first_day IS NULL OR is_dated AND CASE
                WHEN is_within THEN first_on >= first_day AND last_on <= last_day
                ELSE last_on >= first_day AND first_on <= last_day
            END)
    )
    SELECT coalesce(array_agg(id), '{}') FROM matching
    WHERE within_id IS NULL OR within_id NOT IN (SELECT id FROM matching)
$$
"""

CELL_BITS = r"""
CREATE FUNCTION cell_bits(cells smallint[]) RETURNS bit varying
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT string_agg(CASE WHEN id = ANY (cells) THEN '1' ELSE '0' END, '' ORDER BY id)::bit varying FROM network_cell
$$
"""

TIES_ON = r"""
CREATE FUNCTION ties_on(facts int[], those smallint[], day date) RETURNS SETOF int
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT DISTINCT fact_id FROM network_tally
    WHERE (facts IS NULL OR fact_id = ANY (facts))
        AND known_from <= day AND known_until >= day AND cell_id = ANY (those)
$$
"""

STRONGEST_EVER = r"""
CREATE FUNCTION strongest_ever(meetings int, invitations int, quotes int, kinds text[]) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN kinds IS NULL OR 'MEETING' = ANY (kinds) THEN meetings ELSE 0 END
        + CASE WHEN kinds IS NULL OR 'INVITATION' = ANY (kinds) THEN invitations ELSE 0 END
        + CASE WHEN kinds IS NULL OR 'QUOTE' = ANY (kinds) THEN quotes ELSE 0 END
$$
"""

STRONGEST_TIES = r"""
CREATE FUNCTION strongest_ties(
    those smallint[], kinds text[], day date, size int, OUT ties int[], OUT tie_count bigint, OUT people_count bigint)
LANGUAGE plpgsql STABLE PARALLEL SAFE SET plan_cache_mode = 'force_custom_plan' AS $$
DECLARE
    wanted bit varying := cell_bits(those);
    likely int[];       -- those that were the strongest ever
    least bigint;       -- how strong the last is of those that are found so far, as soon as there are enough
    most bigint := (SELECT sum(cell.ties) FROM network_cell AS cell WHERE id = ANY (those)) / 2;
    candidates int[];   -- all that may be as strong; null: whatever falls to the cells, where that is less
BEGIN
    SELECT coalesce(sum(count) FILTER (WHERE noun = 'TIE'), 0), coalesce(sum(count) FILTER (WHERE noun = 'PERSON'), 0)
    INTO tie_count, people_count
    FROM network_size AS number
    WHERE known_from <= day AND known_until >= day AND bit_count(number.cells & wanted) > 0;
    likely := ARRAY(SELECT fact_id FROM network_tie ORDER BY (meetings + invitations + quotes) DESC LIMIT 2 * size);
    SELECT min(weight) INTO least FROM (
        SELECT sum(count) AS weight FROM network_tally
        WHERE fact_id = ANY (likely) AND known_from <= day AND known_until >= day AND cell_id = ANY (those)
        GROUP BY fact_id ORDER BY weight DESC LIMIT size
    ) AS strongest HAVING count(*) = size;
    IF least > 1 THEN
        candidates := ARRAY(
            SELECT fact_id FROM network_tie
            WHERE (meetings + invitations + quotes) >= least
                AND strongest_ever(meetings, invitations, quotes, kinds) >= least
            LIMIT most + 1);
        IF cardinality(candidates) > most THEN
            candidates := NULL;
        END IF;
    END IF;
    ties := ARRAY(
        SELECT fact_id FROM (
            SELECT fact_id, sum(count) AS weight FROM network_tally
            WHERE (candidates IS NULL OR fact_id = ANY (candidates))
                AND known_from <= day AND known_until >= day AND cell_id = ANY (those)
            GROUP BY fact_id ORDER BY weight DESC FETCH FIRST (size) ROWS WITH TIES
        ) AS strongest JOIN fact ON fact.id = fact_id
        ORDER BY weight DESC, slug LIMIT size);
END
$$
"""

STRONGEST_TIES_AROUND = r"""
CREATE FUNCTION strongest_ties_around(
    center int, those smallint[], kinds text[], day date, size int,
    OUT ties int[], OUT tie_count bigint, OUT people_count bigint)
LANGUAGE plpgsql STABLE PARALLEL SAFE SET plan_cache_mode = 'force_custom_plan' AS $$
DECLARE
    wanted bit varying := cell_bits(those);
    most int := (size + 1) / 2;
    own int[];          -- his ties, those that were the strongest ever first
    others int[];       -- whom each of them is to
    bounds int[];       -- and how strong each was at most
    is_other bit varying;  -- the same as others, by the ids of people
    least bigint;       -- how strong the last is of those that are found so far, as soon as there are enough
    near int[];         -- himself and those of whom ties may be shown
BEGIN
    SELECT coalesce(array_agg(fact_id), '{}'), coalesce(array_agg(other), '{}'), coalesce(array_agg(bound), '{}')
    INTO own, others, bounds FROM (
        SELECT fact_id, CASE one_id WHEN center THEN other_id ELSE one_id END AS other, bound
        FROM network_tie AS tie, strongest_ever(meetings, invitations, quotes, kinds) AS bound
        WHERE (one_id = center OR other_id = center)
            AND (day < 'infinity' OR bit_count(tie.cells & wanted) > 0)
        ORDER BY bound DESC
    ) AS tie;
    IF day < 'infinity' THEN
        SELECT coalesce(array_agg(fact_id), '{}'), coalesce(array_agg(other), '{}'), coalesce(array_agg(bound), '{}')
        INTO own, others, bounds FROM unnest(own, others, bounds) AS tie (fact_id, other, bound)
        WHERE fact_id IN (SELECT * FROM ties_on(own, those, day));
    END IF;
    people_count := cardinality(others) + (cardinality(others) > 0)::int;
    IF cardinality(others) > 200 THEN
        is_other := (
            SELECT string_agg(CASE WHEN id = ANY (others) THEN '1' ELSE '0' END, '' ORDER BY id)
            FROM generate_series(0, (SELECT max(id) FROM actor)) AS id)::bit varying;
        IF day = 'infinity' THEN
            SELECT count(*) INTO tie_count FROM network_tie AS tie
            WHERE get_bit(is_other, one_id) = 1 AND get_bit(is_other, other_id) = 1
                AND bit_count(tie.cells & wanted) > 0;
        ELSE
            SELECT count(*) INTO tie_count FROM network_tie AS tie
            WHERE get_bit(is_other, one_id) = 1 AND get_bit(is_other, other_id) = 1
                AND fact_id IN (SELECT * FROM ties_on(NULL, those, day));
        END IF;
    ELSE
        tie_count := (
            SELECT count(*) FROM ties_on(
                ARRAY(SELECT fact_id FROM network_tie WHERE one_id = ANY (others) AND other_id = ANY (others)), those, day));
    END IF;
    tie_count := tie_count + cardinality(own);
    SELECT min(weight) INTO least FROM (
        SELECT sum(count) AS weight FROM network_tally
        WHERE fact_id = ANY (own[1 : size]) AND known_from <= day AND known_until >= day AND cell_id = ANY (those)
        GROUP BY fact_id ORDER BY weight DESC LIMIT most
    ) AS strongest HAVING count(*) = most;
    near := center || ARRAY(
        SELECT other FROM (
            SELECT tally.fact_id, other, sum(count) AS weight
            FROM network_tally AS tally JOIN unnest(own, others) AS tie (fact_id, other) USING (fact_id)
            WHERE tally.fact_id = ANY (ARRAY(
                    SELECT fact_id FROM unnest(own, bounds) AS tie (fact_id, bound)
                    WHERE bound >= coalesce(least, 0)))
                AND known_from <= day AND known_until >= day AND cell_id = ANY (those)
            GROUP BY tally.fact_id, other ORDER BY weight DESC FETCH FIRST (most) ROWS WITH TIES
        ) AS strongest JOIN fact ON fact.id = fact_id
        ORDER BY weight DESC, slug LIMIT most);
    ties := ARRAY(
        SELECT fact_id FROM (
            SELECT fact_id, sum(count) AS weight FROM network_tally
            WHERE fact_id = ANY (ARRAY(
                    SELECT fact_id FROM network_tie WHERE one_id = ANY (near) AND other_id = ANY (near)))
                AND known_from <= day AND known_until >= day AND cell_id = ANY (those)
            GROUP BY fact_id
        ) AS strongest JOIN network_tie USING (fact_id) JOIN fact ON fact.id = fact_id
        ORDER BY center IN (one_id, other_id) DESC, weight DESC, slug LIMIT size);
END
$$
"""

TALLY_NETWORK = r"""
CREATE FUNCTION tally_network() RETURNS void
LANGUAGE plpgsql SET work_mem = '64MB' AS $$
DECLARE
    none bit varying;    -- no cell
BEGIN
    DELETE FROM network_cell;
    DELETE FROM network_tally;
    DELETE FROM network_tie;
    DELETE FROM network_size;
    -- each fact that ties two, from one day to another, by the whole months that its date lies in
    CREATE TEMP TABLE tying ON COMMIT DROP AS
    WITH pair AS (
        SELECT fact_id, known_from, known_until FROM relationship JOIN snapshot ON snapshot.id = snapshot_id
        WHERE kind = 'PEOPLE'
    ), both_in AS (
        SELECT between_id, shared.fact_id, snapshot_id, typename, setting, is_dated,
            date_trunc('month', first_on)::date AS first_on,
            (date_trunc('month', last_on) + interval '1 month - 1 day')::date AS last_on,
            roles_of_one, roles_of_other,
            greatest(pair.known_from, shared.known_from) AS known_from,
            least(pair.known_until, shared.known_until) AS known_until
        FROM shared JOIN pair ON pair.fact_id = between_id
            AND pair.known_from <= shared.known_until AND pair.known_until >= shared.known_from
        WHERE NOT is_withdrawn AND typename IN ('Summit', 'Talks', 'Invitation', 'Quote')
    ), met AS MATERIALIZED (
        SELECT both_in.*, CASE WHEN within_kind <> 'MARGINS' THEN within_id END AS within_id
        FROM both_in JOIN meeting USING (snapshot_id)
        WHERE phase = 'HELD'
            AND roles_of_one && '{PARTICIPANT,HOST,DELEGATE}' AND roles_of_other && '{PARTICIPANT,HOST,DELEGATE}'
    ), part AS MATERIALIZED (
        -- what is part of the programme of a meeting of both, while it is
        SELECT met.between_id, met.snapshot_id, met.setting, met.is_dated, met.first_on, met.last_on,
            whole.setting AS whole_setting, whole.is_dated AS whole_is_dated,
            whole.first_on AS whole_first_on, whole.last_on AS whole_last_on,
            greatest(met.known_from, whole.known_from) AS known_from,
            least(met.known_until, whole.known_until) AS known_until
        FROM met JOIN met AS whole ON whole.between_id = met.between_id AND whole.fact_id = met.within_id
            AND whole.known_from <= met.known_until AND whole.known_until >= met.known_from
    ), parted AS (
        SELECT between_id, snapshot_id, range_agg(daterange(known_from, known_until, '[]')) AS days
        FROM part GROUP BY between_id, snapshot_id
    ), alone AS (
        SELECT met.between_id, setting, is_dated, first_on, last_on,
            unnest(datemultirange(daterange(known_from, known_until, '[]')) - coalesce(parted.days, '{}')) AS days
        FROM met LEFT JOIN parted ON parted.between_id = met.between_id AND parted.snapshot_id = met.snapshot_id
    ), led AS (
        SELECT both_in.*, upper(typename) AS kind, roles_of_one && source AND roles_of_other && target AS is_of_one,
            roles_of_other && source AND roles_of_one && target AS is_of_other
        FROM both_in JOIN (VALUES
            ('Invitation', '{ISSUER}'::text[], '{INVITEE}'::text[]), ('Quote', '{SPEAKER}', '{ADDRESSEE,ABOUT}')
        ) AS way (typename, source, target) USING (typename)
    )
    SELECT between_id, 'MEETING' AS kind, setting::text AS setting, is_dated, first_on, last_on,
        NULL::text AS whole_setting, NULL::boolean AS whole_is_dated, NULL::date AS whole_first_on,
        NULL::date AS whole_last_on,
        0 AS of_one, 0 AS of_other, lower(days) AS known_from, upper(days) - 1 AS known_until
    FROM alone
    UNION ALL SELECT between_id, 'MEETING', setting, is_dated, first_on, last_on,
        whole_setting, whole_is_dated, whole_first_on, whole_last_on, 0, 0, known_from, known_until
    FROM part
    UNION ALL SELECT between_id, kind, '', is_dated, first_on, last_on, NULL, NULL, NULL, NULL,
        is_of_one::int, is_of_other::int, known_from, known_until
    FROM led WHERE is_of_one OR is_of_other;
    ANALYZE tying;
    INSERT INTO network_cell (id, kind, setting, is_dated, first_on, last_on)
    SELECT row_number() OVER (ORDER BY kind, setting, is_dated, first_on, last_on), cell.*
    FROM (
        SELECT kind, setting, is_dated, first_on, last_on FROM tying
        UNION SELECT kind, whole_setting, whole_is_dated, whole_first_on, whole_last_on
        FROM tying WHERE whole_setting IS NOT NULL
    ) AS cell;
    INSERT INTO network_cell (id, kind, setting, is_dated, first_on, last_on, within_id)
    SELECT (SELECT count(*) FROM network_cell) + row_number() OVER (ORDER BY own.id, whole.id),
        own.kind, own.setting, own.is_dated, own.first_on, own.last_on, whole.id
    FROM (
        SELECT DISTINCT kind, setting, is_dated, first_on, last_on, whole_setting, whole_is_dated, whole_first_on,
            whole_last_on
        FROM tying WHERE whole_setting IS NOT NULL
    ) AS part
        JOIN network_cell AS own USING (kind, setting, is_dated, first_on, last_on)
        JOIN network_cell AS whole ON (whole.kind, whole.setting, whole.is_dated, whole.first_on, whole.last_on)
            = (part.kind, whole_setting, whole_is_dated, whole_first_on, whole_last_on);
    ANALYZE network_cell;
    WITH placed AS (
        SELECT between_id, cell.id AS cell_id, of_one, of_other, known_from, known_until
        FROM tying LEFT JOIN network_cell AS whole
            ON whole.within_id IS NULL AND (whole.kind, whole.setting, whole.is_dated, whole.first_on, whole.last_on)
                = (tying.kind, whole_setting, whole_is_dated, whole_first_on, whole_last_on)
            JOIN network_cell AS cell ON (cell.kind, cell.setting, cell.is_dated, cell.first_on, cell.last_on)
                = (tying.kind, tying.setting, tying.is_dated, tying.first_on, tying.last_on)
                AND cell.within_id IS NOT DISTINCT FROM whole.id
    ), turn AS (
        SELECT between_id, cell_id, known_from AS day, 1 AS number, of_one, of_other FROM placed
        UNION ALL SELECT between_id, cell_id, known_until + 1, -1, -of_one, -of_other
        FROM placed WHERE known_until < 'infinity'
    ), day AS (
        SELECT between_id, cell_id, day, sum(number) AS number, sum(of_one) AS of_one, sum(of_other) AS of_other
        FROM turn GROUP BY between_id, cell_id, day
    ), counted AS (
        SELECT between_id, cell_id, day AS known_from, coalesce(lead(day) OVER days - 1, 'infinity') AS known_until,
            sum(number) OVER days AS count, sum(of_one) OVER days AS of_one, sum(of_other) OVER days AS of_other
        FROM day WINDOW days AS (PARTITION BY between_id, cell_id ORDER BY day)
    )
    INSERT INTO network_tally (fact_id, known_until, cell_id, known_from, count, of_one, of_other)
    SELECT between_id, known_until, cell_id, known_from, count, of_one, of_other FROM counted WHERE count > 0
    ORDER BY 1, 2, 3;
    ANALYZE network_tally;
    UPDATE network_cell SET ties = counted.ties FROM (
        SELECT cell_id, count(*) AS ties FROM network_tally WHERE known_until = 'infinity' GROUP BY cell_id
    ) AS counted WHERE cell_id = id;
    none := repeat('0', (SELECT count(*)::int FROM network_cell));
    INSERT INTO network_tie (fact_id, one_id, other_id, meetings, invitations, quotes, cells)
    SELECT tie.fact_id, one_id, other_id, meetings, invitations, quotes, coalesce(cells, none)
    FROM (
        SELECT between_id AS fact_id, count(*) FILTER (WHERE kind = 'MEETING') AS meetings,
            count(*) FILTER (WHERE kind = 'INVITATION') AS invitations,
            count(*) FILTER (WHERE kind = 'QUOTE') AS quotes
        FROM tying GROUP BY between_id
    ) AS tie
        JOIN (SELECT DISTINCT fact_id, one_id, other_id FROM relationship JOIN snapshot ON snapshot.id = snapshot_id)
            AS pair USING (fact_id)
        LEFT JOIN (
            SELECT fact_id, bit_or(set_bit(none, cell_id - 1, 1)) AS cells
            FROM network_tally WHERE known_until = 'infinity' GROUP BY fact_id
        ) AS now USING (fact_id)
    ORDER BY meetings + invitations + quotes DESC;
    ANALYZE network_tie;
    -- who and which two are tied by which cells, and on which days
    CREATE TEMP TABLE held ON COMMIT DROP AS
    SELECT 'TIE' AS noun, fact_id AS id, cell_id, unnest(range_agg(daterange(known_from, known_until, '[]'))) AS days
    FROM network_tally GROUP BY fact_id, cell_id;
    INSERT INTO held
    SELECT 'PERSON', person_id, cell_id, unnest(range_agg(days))
    FROM held JOIN network_tie ON fact_id = id, LATERAL (VALUES (one_id), (other_id)) AS person (person_id)
    GROUP BY person_id, cell_id;
    CREATE INDEX ON held (noun, id);
    ANALYZE held;
    WITH day AS (
        SELECT noun, id, lower(days) AS day FROM held
        UNION SELECT noun, id, upper(days) FROM held WHERE upper(days) < 'infinity'
    ), mask AS (
        SELECT day.noun, day.id, day, coalesce(bit_or(set_bit(none, cell_id - 1, 1)), none) AS cells
        FROM day LEFT JOIN held ON held.noun = day.noun AND held.id = day.id AND days @> day
        GROUP BY day.noun, day.id, day
    ), span AS (
        SELECT noun, cells, day, lead(day) OVER (PARTITION BY noun, id ORDER BY day) AS until FROM mask
    ), turn AS (
        SELECT noun, cells, day, 1 AS number FROM span
        UNION ALL SELECT noun, cells, until, -1 FROM span WHERE until IS NOT NULL
    ), change AS (
        SELECT noun, cells, day, sum(number) AS number FROM turn GROUP BY noun, cells, day HAVING sum(number) <> 0
    ), counted AS (
        SELECT noun, cells, day AS known_from, coalesce(lead(day) OVER days - 1, 'infinity') AS known_until,
            sum(number) OVER days AS count
        FROM change WINDOW days AS (PARTITION BY noun, cells ORDER BY day)
    )
    INSERT INTO network_size (noun, known_until, cells, known_from, count)
    SELECT noun, known_until, cells, known_from, count FROM counted WHERE count > 0 AND cells <> none ORDER BY 1, 2, 3;
    ANALYZE network_size;
    DROP TABLE tying, held;
END
$$
"""

TALLY_TONES = r"""
CREATE FUNCTION tally_tones() RETURNS void
LANGUAGE sql SET work_mem = '64MB' AS $$
    DELETE FROM tone_tally;
    WITH acted AS (
        SELECT between_id, is_dated, date_trunc('month', first_on)::date AS first_on,
            (date_trunc('month', last_on) + interval '1 month - 1 day')::date AS last_on, known_from, known_until,
            score::numeric AS score, (quad_class IN ('VERBAL_COOPERATION', 'MATERIAL_COOPERATION'))::int AS cooperation,
            (quad_class IN ('VERBAL_CONFLICT', 'MATERIAL_CONFLICT'))::int AS conflict
        FROM shared JOIN event USING (snapshot_id)
        WHERE typename = 'Event' AND modality = 'ACTUAL' AND NOT is_withdrawn
            AND roles_of_one && '{ACTOR,RECIPIENT}' AND roles_of_other && '{ACTOR,RECIPIENT}'
    ), turn (between_id, is_dated, first_on, last_on, day, events, cooperation, conflict, score) AS (
        SELECT between_id, is_dated, first_on, last_on, known_from, 1, cooperation, conflict, score FROM acted
        UNION ALL SELECT between_id, is_dated, first_on, last_on, known_until + 1, -1, -cooperation, -conflict, -score
        FROM acted WHERE known_until < 'infinity'
    ), day AS (
        SELECT between_id, is_dated, first_on, last_on, day, sum(events) AS events, sum(cooperation) AS cooperation,
            sum(conflict) AS conflict, sum(score) AS score
        FROM turn GROUP BY between_id, is_dated, first_on, last_on, day
    ), counted AS (
        SELECT between_id, is_dated, first_on, last_on, day AS known_from,
            coalesce(lead(day) OVER days - 1, 'infinity') AS known_until, sum(events) OVER days AS events,
            sum(cooperation) OVER days AS cooperation, sum(conflict) OVER days AS conflict, sum(score) OVER days AS score
        FROM day WINDOW days AS (PARTITION BY between_id, is_dated, first_on, last_on ORDER BY day)
    )
    INSERT INTO tone_tally (fact_id, known_until, first_on, last_on, is_dated, known_from, events, cooperation, conflict,
        score)
    SELECT between_id, known_until, first_on, last_on, is_dated, known_from, events, cooperation, conflict, score
    FROM counted WHERE events > 0 ORDER BY 1, 2, 3, 4
$$
"""


def upgrade() -> None:
    op.create_table(
        "event_tally",
        sa.Column("known_until", sa.Date(), nullable=False),
        sa.Column("event_type", sa.Text(collation="C"), nullable=False),
        sa.Column("quad_class", sa.Text(collation="C"), nullable=False),
        sa.Column("modality", sa.Text(collation="C"), nullable=False),
        sa.Column("medium", sa.Text(collation="C"), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("is_dated", sa.Boolean(), nullable=False),
        sa.Column("known_from", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("count > 0", name=op.f("event_tally_count_check")),
        sa.CheckConstraint("known_from <= known_until", name=op.f("event_tally_known_check")),
        sa.PrimaryKeyConstraint(
            "known_until",
            "event_type",
            "quad_class",
            "modality",
            "medium",
            "score",
            "is_withdrawn",
            "first_on",
            "last_on",
            "is_dated",
            name=op.f("event_tally_pkey"),
        ),
    )
    op.create_table(
        "network_cell",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(collation="C"), nullable=False),
        sa.Column("setting", sa.Text(collation="C"), nullable=False),
        sa.Column("is_dated", sa.Boolean(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("within_id", sa.SmallInteger(), nullable=True),
        sa.Column("ties", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("kind IN ('MEETING', 'INVITATION', 'QUOTE')", name=op.f("network_cell_kind_check")),
        sa.CheckConstraint("first_on <= last_on", name=op.f("network_cell_order_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("network_cell_pkey")),
    )
    op.create_table(
        "network_size",
        sa.Column("noun", sa.Text(collation="C"), nullable=False),
        sa.Column("known_until", sa.Date(), nullable=False),
        sa.Column("cells", postgresql.BIT(varying=True), nullable=False),
        sa.Column("known_from", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("noun IN ('TIE', 'PERSON')", name=op.f("network_size_noun_check")),
        sa.CheckConstraint("count > 0", name=op.f("network_size_count_check")),
        sa.CheckConstraint("known_from <= known_until", name=op.f("network_size_known_check")),
        sa.PrimaryKeyConstraint("noun", "known_until", "cells", name=op.f("network_size_pkey")),
    )
    op.create_table(
        "network_tally",
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("known_until", sa.Date(), nullable=False),
        sa.Column("cell_id", sa.SmallInteger(), nullable=False),
        sa.Column("known_from", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("of_one", sa.Integer(), nullable=False),
        sa.Column("of_other", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "count > 0 AND of_one <= count AND of_other <= count", name=op.f("network_tally_count_check")
        ),
        sa.CheckConstraint("known_from <= known_until", name=op.f("network_tally_known_check")),
        sa.PrimaryKeyConstraint("fact_id", "known_until", "cell_id", name=op.f("network_tally_pkey")),
    )
    op.create_index("network_tally_cell_idx", "network_tally", ["cell_id"], unique=False)
    op.create_index("network_tally_known_idx", "network_tally", ["known_from"], unique=False)
    op.create_table(
        "network_tie",
        sa.Column("fact_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("meetings", sa.Integer(), nullable=False),
        sa.Column("invitations", sa.Integer(), nullable=False),
        sa.Column("quotes", sa.Integer(), nullable=False),
        sa.Column("cells", postgresql.BIT(varying=True), nullable=False),
        sa.PrimaryKeyConstraint("fact_id", name=op.f("network_tie_pkey")),
    )
    op.create_index(
        "network_tie_most_idx",
        "network_tie",
        [sa.literal_column("(meetings + invitations + quotes) DESC")],
        unique=False,
    )
    op.create_index("network_tie_other_idx", "network_tie", ["other_id"], unique=False)
    op.create_index("network_tie_people_idx", "network_tie", ["one_id", "other_id"], unique=False)
    op.create_table(
        "tone_tally",
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("known_until", sa.Date(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("is_dated", sa.Boolean(), nullable=False),
        sa.Column("known_from", sa.Date(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("cooperation", sa.Integer(), nullable=False),
        sa.Column("conflict", sa.Integer(), nullable=False),
        sa.Column("score", sa.Numeric(), nullable=False),
        sa.CheckConstraint("events > 0 AND cooperation + conflict <= events", name=op.f("tone_tally_count_check")),
        sa.CheckConstraint("known_from <= known_until", name=op.f("tone_tally_known_check")),
        sa.PrimaryKeyConstraint("fact_id", "known_until", "first_on", "last_on", name=op.f("tone_tally_pkey")),
    )
    op.create_index(
        "shared_event_idx",
        "shared",
        ["between_id", "first_on"],
        unique=False,
        postgresql_where=sa.text("typename = 'Event'"),
    )
    for function in (
        NETWORK_CELLS,
        CELL_BITS,
        TIES_ON,
        STRONGEST_EVER,
        STRONGEST_TIES,
        STRONGEST_TIES_AROUND,
        TALLY_NETWORK,
        TALLY_TONES,
    ):
        op.execute(function)


def downgrade() -> None:
    op.execute("DROP FUNCTION ties_on(integer[],smallint[],date)")
    op.execute("DROP FUNCTION tally_tones()")
    op.execute("DROP FUNCTION tally_network()")
    op.execute("DROP FUNCTION strongest_ties_around(integer,smallint[],text[],date,integer)")
    op.execute("DROP FUNCTION strongest_ties(smallint[],text[],date,integer)")
    op.execute("DROP FUNCTION strongest_ever(integer,integer,integer,text[])")
    op.execute("DROP FUNCTION network_cells(text[],text[],date,date,boolean)")
    op.execute("DROP FUNCTION cell_bits(smallint[])")
    op.drop_index("shared_event_idx", table_name="shared", postgresql_where=sa.text("typename = 'Event'"))
    op.drop_table("tone_tally")
    op.drop_index("network_tie_people_idx", table_name="network_tie")
    op.drop_index("network_tie_other_idx", table_name="network_tie")
    op.drop_index("network_tie_most_idx", table_name="network_tie")
    op.drop_table("network_tie")
    op.drop_index("network_tally_known_idx", table_name="network_tally")
    op.drop_index("network_tally_cell_idx", table_name="network_tally")
    op.drop_table("network_tally")
    op.drop_table("network_size")
    op.drop_table("network_cell")
    op.drop_table("event_tally")
