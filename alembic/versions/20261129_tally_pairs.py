"""Count at the load who is tied to whom and what each two share."""

import sqlalchemy as sa
from alembic import op

revision = "a532ffe5075b"
down_revision = "f341c170f67c"
branch_labels = None
depends_on = None

TALLY_PAIRS = r"""
CREATE FUNCTION tally_pairs() RETURNS void
LANGUAGE sql SET work_mem = '64MB' AS $$
    DELETE FROM tie;
    DELETE FROM pair_tally;
    WITH pair AS (
        SELECT fact_id, one_id, other_id FROM relationship JOIN snapshot ON snapshot.id = snapshot_id
        WHERE kind = 'PEOPLE' AND known_until = 'infinity'
    ), told AS (
        SELECT one_id, other_id, typename, coalesce(setting, '') AS setting,
            unnest(range_agg(daterange(known_from, known_until, '[]'))) AS days
        FROM shared JOIN pair ON pair.fact_id = between_id
        WHERE NOT is_coding AND NOT is_withdrawn
            AND roles_of_one <> '{INTERPRETER}' AND roles_of_other <> '{INTERPRETER}'
        GROUP BY 1, 2, 3, 4
    ), both_ways AS (
        SELECT one_id, other_id, typename, setting, days FROM told
        UNION ALL SELECT other_id, one_id, typename, setting, days FROM told
    )
    INSERT INTO tie (actor_id, other_id, typename, setting, known_from, known_until)
    SELECT one_id, other_id, typename, setting, lower(days), upper(days) - 1 FROM both_ways ORDER BY 1, 2;
    WITH held AS MATERIALIZED (
        SELECT between_id, fact_id, is_dated, first_on, last_on, shared.setting = 'BILATERAL' AS is_bilateral,
            CASE WHEN within_kind <> 'MARGINS' THEN within_id END AS within_id,
            daterange(known_from, known_until, '[]') AS days
        FROM shared JOIN meeting USING (snapshot_id)
        WHERE phase = 'HELD' AND NOT is_withdrawn
            AND roles_of_one && '{PARTICIPANT,HOST,DELEGATE}' AND roles_of_other && '{PARTICIPANT,HOST,DELEGATE}'
    ), whole AS (
        SELECT between_id, fact_id, range_agg(days) AS days, range_agg(days) FILTER (WHERE is_bilateral) AS bilateral_days
        FROM held GROUP BY between_id, fact_id
    ), met AS MATERIALIZED (
        SELECT held.between_id, is_dated, first_on, last_on,
            datemultirange(held.days) - coalesce(whole.days, '{}') AS days,
            CASE WHEN is_bilateral THEN datemultirange(held.days) - coalesce(bilateral_days, '{}') ELSE '{}' END
                AS bilateral_days
        FROM held LEFT JOIN whole ON whole.between_id = held.between_id AND whole.fact_id = held.within_id
    ), last AS (
        SELECT between_id, first_on, last_on, unnest(days - coalesce(range_agg(days) OVER later, '{}')) AS days
        FROM met WHERE is_dated WINDOW later AS (
            PARTITION BY between_id ORDER BY first_on DESC, last_on DESC
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    ), turn (between_id, day, facts, meetings, bilateral_meetings, first_on, last_on, last_until) AS (
        SELECT fact_id, known_from, 0, 0, 0, NULL::date, NULL::date, NULL::date
        FROM snapshot WHERE typename = 'Relationship'
        UNION ALL SELECT between_id, turn.day, turn.number, 0, 0, NULL, NULL, NULL
        FROM shared, LATERAL (VALUES (known_from, 1), (known_until + 1, -1)) AS turn (day, number)
        WHERE NOT is_coding AND typename <> 'Relationship'
        UNION ALL SELECT between_id, turn.day, 0, turn.number, 0, NULL, NULL, NULL
        FROM met, unnest(days) AS span, LATERAL (VALUES (lower(span), 1), (upper(span), -1)) AS turn (day, number)
        UNION ALL SELECT between_id, turn.day, 0, 0, turn.number, NULL, NULL, NULL
        FROM met, unnest(bilateral_days) AS span,
            LATERAL (VALUES (lower(span), 1), (upper(span), -1)) AS turn (day, number)
        UNION ALL SELECT between_id, lower(days), 0, 0, 0, first_on, last_on, upper(days) FROM last
    ), day AS (
        SELECT between_id, day, sum(facts) AS facts, sum(meetings) AS meetings,
            sum(bilateral_meetings) AS bilateral_meetings,
            max(first_on) AS first_on, max(last_on) AS last_on, max(last_until) AS last_until
        FROM turn WHERE day < 'infinity' GROUP BY between_id, day
    ), counted AS (
        SELECT between_id, day AS known_from, coalesce(lead(day) OVER days - 1, 'infinity') AS known_until,
            sum(facts) OVER days AS facts, sum(meetings) OVER days AS meetings,
            sum(bilateral_meetings) OVER days AS bilateral_meetings,
            first_on, last_on, last_until, count(last_until) OVER days AS nth
        FROM day WINDOW days AS (PARTITION BY between_id ORDER BY day)
    ), dated AS (
        SELECT between_id, known_from, known_until, facts, meetings, bilateral_meetings,
            CASE WHEN max(last_until) OVER meeting > known_from THEN max(first_on) OVER meeting END AS last_met_from,
            CASE WHEN max(last_until) OVER meeting > known_from THEN max(last_on) OVER meeting END AS last_met_to
        FROM counted WINDOW meeting AS (PARTITION BY between_id, nth)
    )
    INSERT INTO pair_tally (fact_id, known_from, known_until, snapshot_id, one_id, other_id, slug, facts, meetings,
        bilateral_meetings, last_met_from, last_met_to)
    SELECT between_id, dated.known_from, dated.known_until, snapshot_id, one_id, other_id, slug, facts, meetings,
        bilateral_meetings, coalesce(last_met_from, '-infinity'), coalesce(last_met_to, '-infinity')
    FROM dated
        JOIN snapshot ON fact_id = between_id
            AND dated.known_from BETWEEN snapshot.known_from AND snapshot.known_until
        JOIN relationship ON snapshot_id = snapshot.id
    ORDER BY between_id
$$
"""
BESIDE = r"""
CREATE FUNCTION beside(people int[], others int[], kinds text[], day date, settings text[])
RETURNS TABLE (one int, other int)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT actor_id, other_id FROM tie
    WHERE actor_id = ANY (people)
        AND (others IS NULL OR other_id = ANY (others))
        AND known_from <= day AND known_until >= day
        AND (settings IS NULL OR setting = '' OR setting = ANY (settings))
        AND CASE WHEN kinds IS NULL THEN typename NOT IN ('Office', 'Relationship') ELSE typename = ANY (kinds) END
$$
"""
FORMER_BESIDE = r"""
CREATE FUNCTION beside(people int[], others int[], kinds text[], day date, settings text[])
RETURNS TABLE (one int, other int)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT here.actor_id, there.actor_id
    FROM presence AS here
    JOIN presence AS there ON there.snapshot_id = here.snapshot_id
    WHERE here.actor_id = ANY (people)
        AND (others IS NULL OR there.actor_id = ANY (others))
        AND here.known_from <= day AND here.known_until >= day
        AND NOT here.is_coding AND NOT here.is_withdrawn
        AND here.roles <> '{INTERPRETER}' AND there.roles <> '{INTERPRETER}'
        AND (settings IS NULL OR here.setting IS NULL OR here.setting = ANY (settings))
        AND CASE WHEN kinds IS NULL THEN here.typename NOT IN ('Office', 'Relationship')
            ELSE here.typename = ANY (kinds) END
$$
"""
SHORTEST_PATH = r"""
CREATE FUNCTION shortest_path(start int, goal int, kinds text[], longest int, day date, settings text[]) RETURNS int[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SET plan_cache_mode = 'force_custom_plan' AS $$
DECLARE
    ahead int[] := ARRAY[start];     -- everybody reached from the start, level by level
    ahead_ends int[] := ARRAY[1];    -- where each level ends
    behind int[] := ARRAY[goal];     -- the same from the goal
    behind_ends int[] := ARRAY[1];
    front int[] := ARRAY[start];     -- the last level of each
    back int[] := ARRAY[goal];
    front_weight bigint;             -- how many ties it has
    back_weight bigint;
    is_front_lighter boolean;
    middle int[];                    -- those in front who stand beside somebody in back
    found int[];
    level int[];
    place int;
    path int[] := ARRAY[start];
BEGIN
    IF start IS NULL OR goal IS NULL THEN
        RETURN NULL;
    ELSIF start = goal THEN
        RETURN path;
    END IF;
    LOOP
        IF cardinality(ahead_ends) + cardinality(behind_ends) - 1 > longest THEN
            RETURN NULL;
        END IF;
        front_weight := coalesce(front_weight, (
            SELECT count(*) FROM (SELECT FROM tie WHERE actor_id = ANY (front) LIMIT 10000) AS capped));
        back_weight := coalesce(back_weight, (
            SELECT count(*) FROM (SELECT FROM tie WHERE actor_id = ANY (back) LIMIT 10000) AS capped));
        is_front_lighter := (front_weight, cardinality(front)) <= (back_weight, cardinality(back));
        IF is_front_lighter THEN
            middle := ARRAY(SELECT DISTINCT one FROM beside(front, back, kinds, day, settings));
        ELSE
            middle := ARRAY(SELECT DISTINCT other FROM beside(back, front, kinds, day, settings));
        END IF;
        EXIT WHEN cardinality(middle) > 0;
        IF is_front_lighter THEN
            front_weight := NULL;
            front := ARRAY(
                SELECT other FROM (SELECT DISTINCT other FROM beside(front, NULL, kinds, day, settings)) AS next
                WHERE other <> ALL (ahead));
            ahead := ahead || front;
            ahead_ends := ahead_ends || cardinality(ahead);
        ELSE
            back_weight := NULL;
            back := ARRAY(
                SELECT other FROM (SELECT DISTINCT other FROM beside(back, NULL, kinds, day, settings)) AS next
                WHERE other <> ALL (behind));
            behind := behind || back;
            behind_ends := behind_ends || cardinality(behind);
        END IF;
        IF cardinality(front) = 0 OR cardinality(back) = 0 THEN
            RETURN NULL;
        END IF;
    END LOOP;
    -- Of all shortest paths the one whose slugs come first: only those ahead who lead to the middle may be on it.
    found := middle;
    FOR step IN REVERSE cardinality(ahead_ends) - 1 .. 2 LOOP
        level := ahead[ahead_ends[step - 1] + 1 : ahead_ends[step]];
        middle := ARRAY(SELECT DISTINCT other FROM beside(middle, level, kinds, day, settings));
        found := found || middle;
    END LOOP;
    FOR step IN 2 .. cardinality(ahead_ends) + cardinality(behind_ends) LOOP
        IF step <= cardinality(ahead_ends) THEN
            level := ARRAY(
                SELECT unnest(ahead[ahead_ends[step - 1] + 1 : ahead_ends[step]]) INTERSECT SELECT unnest(found));
        ELSE
            place := cardinality(ahead_ends) + cardinality(behind_ends) + 1 - step;
            level := behind[coalesce(behind_ends[place - 1], 0) + 1 : behind_ends[place]];
        END IF;
        level := ARRAY(SELECT DISTINCT other FROM beside(path[step - 1 :], level, kinds, day, settings));
        path := path || (SELECT id FROM actor WHERE id = ANY (level) ORDER BY slug LIMIT 1);
    END LOOP;
    RETURN path;
END
$$
"""
FORMERLY = {
    " (SELECT FROM tie WHERE": " (SELECT FROM presence WHERE",
    "how many ties it has": "how many presences it has",
    "other <> ALL (ahead))": "other <> ALL (ahead) AND (SELECT typename FROM actor WHERE id = other) = 'Person')",
    "other <> ALL (behind))": "other <> ALL (behind) AND (SELECT typename FROM actor WHERE id = other) = 'Person')",
}


def upgrade() -> None:
    op.create_table(
        "pair_tally",
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("known_until", sa.Date(), nullable=False),
        sa.Column("known_from", sa.Date(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(collation="C"), nullable=False),
        sa.Column("facts", sa.Integer(), nullable=False),
        sa.Column("meetings", sa.Integer(), nullable=False),
        sa.Column("bilateral_meetings", sa.Integer(), nullable=False),
        sa.Column("last_met_from", sa.Date(), nullable=False),
        sa.Column("last_met_to", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "facts >= meetings AND meetings >= 0 AND bilateral_meetings >= 0", name=op.f("pair_tally_count_check")
        ),
        sa.CheckConstraint("known_from <= known_until", name=op.f("pair_tally_known_check")),
        sa.PrimaryKeyConstraint("fact_id", "known_until", name=op.f("pair_tally_pkey")),
    )
    op.create_index(
        "pair_tally_bilateral_meetings_idx",
        "pair_tally",
        [sa.literal_column("bilateral_meetings DESC"), "slug"],
        unique=False,
        postgresql_where=sa.text("known_until = 'infinity'"),
    )
    op.create_index(
        "pair_tally_facts_idx",
        "pair_tally",
        [sa.literal_column("facts DESC"), "slug"],
        unique=False,
        postgresql_where=sa.text("known_until = 'infinity'"),
    )
    op.create_index(
        "pair_tally_last_met_idx",
        "pair_tally",
        [sa.literal_column("last_met_from DESC"), sa.literal_column("last_met_to DESC"), "slug"],
        unique=False,
        postgresql_where=sa.text("known_until = 'infinity'"),
    )
    op.create_index(
        "pair_tally_meetings_idx",
        "pair_tally",
        [sa.literal_column("meetings DESC"), "slug"],
        unique=False,
        postgresql_where=sa.text("known_until = 'infinity'"),
    )
    op.create_index("pair_tally_one_idx", "pair_tally", ["one_id"], unique=False)
    op.create_index("pair_tally_other_idx", "pair_tally", ["other_id"], unique=False)
    op.create_index("pair_tally_slug_idx", "pair_tally", ["slug"], unique=False)
    op.create_table(
        "tie",
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("typename", sa.Text(collation="C"), nullable=False),
        sa.Column("setting", sa.Text(collation="C"), nullable=False),
        sa.Column("known_from", sa.Date(), nullable=False),
        sa.Column("known_until", sa.Date(), nullable=False),
        sa.CheckConstraint("known_from <= known_until", name=op.f("tie_known_check")),
        sa.PrimaryKeyConstraint(
            "actor_id", "other_id", "typename", "setting", "known_until", "known_from", name=op.f("tie_pkey")
        ),
    )
    op.execute(TALLY_PAIRS)
    # existing facts are counted now, so that no response waits for the next load
    op.execute("SELECT tally_pairs()")
    op.execute("ANALYZE tie, pair_tally")
    op.execute("DROP FUNCTION shortest_path")
    op.execute("DROP FUNCTION beside")
    op.execute(BESIDE)
    op.execute(SHORTEST_PATH)


def downgrade() -> None:
    former = SHORTEST_PATH
    for now, formerly in FORMERLY.items():
        former = former.replace(now, formerly)
    op.execute("DROP FUNCTION shortest_path")
    op.execute("DROP FUNCTION beside")
    op.execute(FORMER_BESIDE)
    op.execute(former)
    op.execute("DROP FUNCTION tally_pairs")
    op.drop_table("tie")
    op.drop_table("pair_tally")
