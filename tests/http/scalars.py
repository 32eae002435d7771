"""Values that schemathesis uses for our scalars: valid ones, and strings that are invalid."""

from __future__ import annotations

import schemathesis
from hypothesis import strategies as st
from hypothesis_graphql.nodes import String

ANYTHING = st.text(max_size=20)
DAYS = st.dates().map(str) | st.sampled_from(["0001-01-01", "9999-12-31"])
SCALARS = {
    "Date": DAYS | ANYTHING,
    "DateTime": st.datetimes().map(lambda instant: f"{instant.isoformat()}Z") | ANYTHING,
    "EDTF": st.sampled_from(["2019-04", "2019-04-25/..", "[2018-06-12,2018-06-13]", "2019~"]) | DAYS | ANYTHING,
    "LanguageTag": st.sampled_from(["de", "en-GB", "ko-Kore", "x"]) | ANYTHING,
    "URI": ANYTHING,
}

for name, values in SCALARS.items():
    schemathesis.graphql.scalar(name, values.map(String))
