"""A tally counts seats: whoever supports a question and one merged into it counts once, and merging changes no row."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, insert

from server.store import reading, tables

AT = datetime(2026, 11, 20, tzinfo=UTC)
NUMBERS = st.integers(1, 9)
ROWS = st.dictionaries(st.tuples(NUMBERS, st.sampled_from("abcdef")), st.booleans(), max_size=30)
LEADS = st.dictionaries(st.integers(4, 9), st.integers(1, 3), max_size=6)


@given(ROWS, LEADS)
def test_a_lead_counts_each_seat_of_the_questions_merged_into_it_once(rows, leads):
    engine = create_engine("sqlite://")
    tables.metadata.create_all(engine, [tables.supports])
    with engine.connect() as connection:
        for (question, seat), on in rows.items():
            for dialogue in (1, 2):
                row = {"dialogue_id": dialogue, "question": question, "seat": seat, "at": AT}
                connection.execute(insert(tables.supports), {**row, "value": on and dialogue == 1})
        together, apart = reading.supports(connection, 1, leads), reading.supports(connection, 1, {})
        assert reading.supports(connection, 2, leads) == {}
    engine.dispose()
    for number in range(1, 10):
        group = {number, *(merged for merged, lead in leads.items() if lead == number)}
        seats = {seat for (question, seat), on in rows.items() if on and question in group}
        assert together.get(number, 0) == len(seats)
        assert apart.get(number, 0) == sum(on for (question, _), on in rows.items() if question == number)
