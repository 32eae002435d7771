"""Suggest former states by the codes that they had."""

from alembic import op

revision = "25bb041238a8"
down_revision = "651b10aec5ed"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "CREATE OR REPLACE FUNCTION public.similar_slugs(given text, entries text, since text, types text[], day date)\n"
        " RETURNS json\n"
        " LANGUAGE plpgsql\n"
        " STABLE PARALLEL SAFE\n"
        "AS $function$\n"
        "DECLARE\n"
        "    lowered text := left(lower(given), 64);\n"
        "    spaced text := '  ' || regexp_replace(lowered, '[^[:alnum:]]+', '  ', 'g') || ' ';\n"
        "    runs text[] := ARRAY(SELECT DISTINCT substr(spaced, place, 3) FROM generate_series(1, length(spaced) - 2) AS place);\n"
        "    typed text := regexp_replace(lowered, '[^[:alnum:]]+', '', 'g');\n"
        "    kinds text[] := CASE WHEN typed = '' THEN '{}' WHEN types <> '{}' THEN types WHEN entries = 'place' THEN '{Place}'\n"
        "        WHEN entries = 'actor' THEN '{Country,Organisation,Person}' WHEN entries = 'fact' THEN '{Agreement,Summit,Talks}'\n"
        "        ELSE '{}' END;\n"
        "    named text[] := ARRAY(\n"
        "        SELECT slug FROM actor\n"
        "        WHERE kinds @> '{Country}' AND length(typed) = 2 AND known_since <= day\n"
        "            AND former_code BETWEEN upper(typed) || 'AA' AND upper(typed) || 'ZZ'\n"
        "        ORDER BY existed_until DESC\n"
        "    ) || ARRAY(SELECT slug FROM suggestions(ARRAY[typed], kinds, day, 3) ORDER BY place);\n"
        "    found json;\n"
        "BEGIN\n"
        "    EXECUTE format($query$\n"
        "        SELECT coalesce(json_agg(slug ORDER BY likeness DESC, slug COLLATE \"C\"), '[]')\n"
        "        FROM (\n"
        "            SELECT slug, max(likeness) AS likeness\n"
        "            FROM (\n"
        "                SELECT slug, 10.0 - place AS likeness FROM unnest($5) WITH ORDINALITY AS named (slug, place)\n"
        "                UNION ALL\n"
        "                SELECT near.slug, 2.0 * (\n"
        "                    SELECT count(*) FROM unnest($1) AS run\n"
        "                    WHERE strpos('  ' || replace(near.spelt, '-', '  ') || ' ', run) > 0\n"
        "                ) / (cardinality($1) + length(replace(near.spelt, '-', '  ')) + 1)\n"
        "                FROM (\n"
        '                    (SELECT slug AS spelt, * FROM %1$I WHERE slug < $2 COLLATE "C" ORDER BY slug DESC LIMIT 200)\n'
        "                    UNION ALL\n"
        '                    (SELECT slug AS spelt, * FROM %1$I WHERE slug >= $2 COLLATE "C" ORDER BY slug LIMIT 200)\n'
        "                    UNION ALL\n"
        "                    (SELECT alias.former AS spelt, known.* FROM alias JOIN %1$I AS known ON known.slug = alias.slug\n"
        '                    WHERE alias.entries = %1$L AND former < $2 COLLATE "C" ORDER BY former DESC LIMIT 200)\n'
        "                    UNION ALL\n"
        "                    (SELECT alias.former AS spelt, known.* FROM alias JOIN %1$I AS known ON known.slug = alias.slug\n"
        '                    WHERE alias.entries = %1$L AND former >= $2 COLLATE "C" ORDER BY former LIMIT 200)\n'
        "                ) AS near\n"
        "                WHERE near.%2$I <= $3 AND %3$s\n"
        "            ) AS like_it\n"
        "            WHERE likeness >= 0.4\n"
        "            GROUP BY slug\n"
        '            ORDER BY likeness DESC, slug COLLATE "C" LIMIT 3\n'
        "        ) AS best\n"
        "        $query$, entries, since, CASE WHEN types = '{}' THEN 'true' ELSE 'near.typename = ANY ($4)' END)\n"
        "    INTO found USING runs, lowered, day, types, named;\n"
        "    RETURN found;\n"
        "END\n"
        "$function$\n"
    )


def downgrade() -> None:
    op.execute(
        "CREATE OR REPLACE FUNCTION public.similar_slugs(given text, entries text, since text, types text[], day date)\n"
        " RETURNS json\n"
        " LANGUAGE plpgsql\n"
        " STABLE PARALLEL SAFE\n"
        "AS $function$\n"
        "DECLARE\n"
        "    lowered text := left(lower(given), 64);\n"
        "    spaced text := '  ' || regexp_replace(lowered, '[^[:alnum:]]+', '  ', 'g') || ' ';\n"
        "    runs text[] := ARRAY(SELECT DISTINCT substr(spaced, place, 3) FROM generate_series(1, length(spaced) - 2) AS place);\n"
        "    typed text := regexp_replace(lowered, '[^[:alnum:]]+', '', 'g');\n"
        "    kinds text[] := CASE WHEN typed = '' THEN '{}' WHEN types <> '{}' THEN types WHEN entries = 'place' THEN '{Place}'\n"
        "        WHEN entries = 'actor' THEN '{Country,Organisation,Person}' WHEN entries = 'fact' THEN '{Agreement,Summit,Talks}'\n"
        "        ELSE '{}' END;\n"
        "    named text[] := ARRAY(SELECT slug FROM suggestions(ARRAY[typed], kinds, day, 3) ORDER BY place);\n"
        "    found json;\n"
        "BEGIN\n"
        "    EXECUTE format($query$\n"
        "        SELECT coalesce(json_agg(slug ORDER BY likeness DESC, slug COLLATE \"C\"), '[]')\n"
        "        FROM (\n"
        "            SELECT slug, max(likeness) AS likeness\n"
        "            FROM (\n"
        "                SELECT slug, 10.0 - place AS likeness FROM unnest($5) WITH ORDINALITY AS named (slug, place)\n"
        "                UNION ALL\n"
        "                SELECT near.slug, 2.0 * (\n"
        "                    SELECT count(*) FROM unnest($1) AS run\n"
        "                    WHERE strpos('  ' || replace(near.spelt, '-', '  ') || ' ', run) > 0\n"
        "                ) / (cardinality($1) + length(replace(near.spelt, '-', '  ')) + 1)\n"
        "                FROM (\n"
        '                    (SELECT slug AS spelt, * FROM %1$I WHERE slug < $2 COLLATE "C" ORDER BY slug DESC LIMIT 200)\n'
        "                    UNION ALL\n"
        '                    (SELECT slug AS spelt, * FROM %1$I WHERE slug >= $2 COLLATE "C" ORDER BY slug LIMIT 200)\n'
        "                    UNION ALL\n"
        "                    (SELECT alias.former AS spelt, known.* FROM alias JOIN %1$I AS known ON known.slug = alias.slug\n"
        '                    WHERE alias.entries = %1$L AND former < $2 COLLATE "C" ORDER BY former DESC LIMIT 200)\n'
        "                    UNION ALL\n"
        "                    (SELECT alias.former AS spelt, known.* FROM alias JOIN %1$I AS known ON known.slug = alias.slug\n"
        '                    WHERE alias.entries = %1$L AND former >= $2 COLLATE "C" ORDER BY former LIMIT 200)\n'
        "                ) AS near\n"
        "                WHERE near.%2$I <= $3 AND %3$s\n"
        "            ) AS like_it\n"
        "            WHERE likeness >= 0.4\n"
        "            GROUP BY slug\n"
        '            ORDER BY likeness DESC, slug COLLATE "C" LIMIT 3\n'
        "        ) AS best\n"
        "        $query$, entries, since, CASE WHEN types = '{}' THEN 'true' ELSE 'near.typename = ANY ($4)' END)\n"
        "    INTO found USING runs, lowered, day, types, named;\n"
        "    RETURN found;\n"
        "END\n"
        "$function$\n"
    )
