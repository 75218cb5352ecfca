"""A column is handed out again, and never while somebody holds it or a part of it."""

from concurrent.futures import ThreadPoolExecutor

from graphmem.retrieve.turns.spare import MOST, SpareColumns


def test_a_column_that_nobody_holds_is_handed_out_again():
    spare = SpareColumns()
    place = spare.column(50).ctypes.data
    assert spare.column(40).ctypes.data == place
    assert len(spare.column(40)) == 40


def test_a_column_that_is_held_or_a_part_of_it_is_nobody_elses():
    spare = SpareColumns()
    part = spare.column(50)[10:20]
    part[:] = 7
    spare.column(50)[:] = 0
    assert part.tolist() == [7] * 10


def test_one_that_is_too_short_is_not_handed_out():
    spare = SpareColumns()
    spare.column(10)
    assert len(spare.column(11)) == 11


def test_of_many_that_are_held_at_once_few_are_kept():
    spare = SpareColumns()
    held = [spare.column(5) for _ in range(3 * MOST)]
    places = {column.ctypes.data for column in held}
    assert len(places) == 3 * MOST
    del held
    assert len({spare.column(5).ctypes.data for _ in range(3 * MOST)}) == 1
    assert len(spare._kept) == MOST


def test_threads_that_fill_columns_at_once_do_not_see_each_others():
    spare = SpareColumns()

    def filled(number):
        for _ in range(200):
            column = spare.column(64)
            column[:] = number
            if (column != number).any():
                return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(filled, range(32)))
