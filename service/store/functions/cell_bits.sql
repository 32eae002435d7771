-- Return a set of cells of the network as a bit string.
CREATE FUNCTION cell_bits(cells smallint[]) RETURNS bit varying
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT string_agg(CASE WHEN id = ANY (cells) THEN '1' ELSE '0' END, '' ORDER BY id)::bit varying FROM network_cell
$$;
