"""A tally counts seats, once for a question and those merged into it; and who set one support alone is known."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, insert

from live.bursts import LoneSupport
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


def test_whoever_set_one_support_alone_is_known_with_the_time_of_joining():
    engine = create_engine("sqlite://")
    tables.metadata.create_all(engine, [tables.dialogues, tables.supports, tables.seats])
    joined = {"name": "", "locality": "", "publish_name": False, "contact_consent": False, "recording_consent": False}
    with engine.connect() as connection:
        for place, (seat, dialogue) in enumerate((("lone", 1), ("busy", 1), ("off", 1), ("away", 2), ("quiet", 1))):
            row = {"id": seat, "dialogue_id": dialogue, "token_digest": bytes([place]), "notice_version": "", "site": 0}
            connection.execute(insert(tables.seats), joined | row | {"created_at": AT - timedelta(seconds=place)})
        for seat, question, value in (
            ("lone", 1, True), ("busy", 1, True), ("busy", 2, False), ("off", 1, False), ("nobody", 1, True),
        ):  # fmt: skip
            row = {"dialogue_id": 1, "question": question, "seat": seat, "value": value, "at": AT}
            connection.execute(insert(tables.supports), row)
        row = {"dialogue_id": 2, "question": 1, "seat": "away", "value": True, "at": AT}
        connection.execute(insert(tables.supports), row)
        lone, joins = reading.lone_supports(connection, 1)
    engine.dispose()
    assert lone == [LoneSupport(1, "lone", AT, AT)]
    assert sorted(joins) == [AT - timedelta(seconds=place) for place in (4, 2, 1, 0)]
