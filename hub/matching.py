"""The cheapest way to give each of some things one of some places, no place twice.

The Hungarian method, in whole numbers, so that the same question always has the same answer.
Source: Kuhn and Munkres; the form with potentials, one row added at a time.
"""

from collections.abc import Sequence

_NOBODY = -1


def cheapest_matching(costs: Sequence[Sequence[int]]) -> list[int]:
    """For each row the column that it gets, so that the sum of costs is least.

    Every row has one cost for each column, and there are at least as many columns as rows.
    """
    columns = len(costs[0]) if costs else 0
    # Column ``columns`` is where the row that is being added starts from.
    owner = [_NOBODY] * (columns + 1)
    row_price = [0] * len(costs)
    column_price = [0] * (columns + 1)
    for row in range(len(costs)):
        owner[columns] = row
        came_from = _cheapest_path(costs, owner, row_price, column_price)
        column = came_from.pop()
        while column != columns:
            before = came_from[column]
            owner[column] = owner[before]
            column = before
    found = [_NOBODY] * len(costs)
    for column, row in enumerate(owner[:columns]):
        if row != _NOBODY:
            found[row] = column
    return found


def _cheapest_path(
    costs: Sequence[Sequence[int]],
    owner: list[int],
    row_price: list[int],
    column_price: list[int],
) -> list[int]:
    """From the start to a column that nobody has: for each column the one before it.

    Prices move so that every later step can still be seen at its true cost. The free column that
    was reached is the last entry.
    """
    columns = len(owner) - 1
    far = (
        1
        + sum(max(each) for each in costs)
        + sum(abs(each) for each in (*row_price, *column_price))
    )
    least, came_from = [far] * columns, [columns] * columns
    seen = [False] * (columns + 1)
    at = columns
    while owner[at] != _NOBODY:
        seen[at] = True
        row = owner[at]
        following, step = columns, far
        for column in range(columns):
            if seen[column]:
                continue
            reduced = costs[row][column] - row_price[row] - column_price[column]
            if reduced < least[column]:
                least[column], came_from[column] = reduced, at
            if least[column] < step:
                following, step = column, least[column]
        for column in range(columns + 1):
            if seen[column]:
                row_price[owner[column]] += step
                column_price[column] -= step
            elif column < columns:
                least[column] -= step
        at = following
    return [*came_from, at]
