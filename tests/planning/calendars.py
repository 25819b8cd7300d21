"""Three calendars as three trusts might have them; made up, and no authority's."""

SCHOOLS = "id,name,is_partner\n" + "".join(
    f"school-{letter.lower()},School {letter},{'yes' if letter == 'H' else 'no'}\n"
    for letter in "ABCDEFGH"
)


def calendar(name, half_terms, inset):
    rows = "".join(
        f'  {{ name = "{half_term}", starts_on = {starts}, ends_on = {ends} }},\n'
        for half_term, starts, ends in half_terms
    )
    days = ", ".join(
        f'{{ on = {on}, school = "{school}" }}' if school else f"{{ on = {on} }}"
        for on, school in inset
    )
    return f'[[school_year]]\nname = "{name}"\nhalf_terms = [\n{rows}]\ninset_days = [{days}]\n'


#: Five INSET days for the whole trust, most of them at the ends of half-terms.
USUAL = calendar(
    "2026-27",
    [
        ("Autumn 1", "2026-09-01", "2026-10-23"),
        ("Autumn 2", "2026-11-02", "2026-12-18"),
        ("Spring 1", "2027-01-04", "2027-02-12"),
        ("Spring 2", "2027-02-22", "2027-03-25"),
        ("Summer 1", "2027-04-12", "2027-05-28"),
        ("Summer 2", "2027-06-07", "2027-07-21"),
    ],
    [
        *[("2026-09-01", ""), ("2026-09-02", ""), ("2027-01-04", ""), ("2027-06-07", "")],
        *[("2026-10-23", "School A"), ("2027-04-12", "School B")],
    ],
)
#: Early Easter, short half-terms, an October fortnight, and INSET days each school sets itself.
UNEVEN = calendar(
    "2027-28",
    [
        ("Autumn 1", "2027-09-06", "2027-10-15"),
        ("Autumn 2", "2027-11-01", "2027-12-17"),
        ("Spring 1", "2028-01-05", "2028-02-11"),
        ("Spring 2", "2028-02-21", "2028-03-31"),
        ("Summer 1", "2028-04-18", "2028-05-26"),
        ("Summer 2", "2028-06-12", "2028-07-25"),
    ],
    [
        *[("2027-09-06", "School A"), ("2027-09-06", "School C"), ("2028-01-05", "School B")],
        *[("2028-02-21", "School D"), ("2028-06-12", "School E"), ("2027-11-01", "")],
    ],
)
#: A year that begins in August and has INSET days in the middle of half-terms.
EARLY = calendar(
    "2028-29",
    [
        ("Autumn 1", "2028-08-29", "2028-10-13"),
        ("Autumn 2", "2028-10-24", "2028-12-15"),
        ("Spring 1", "2029-01-02", "2029-02-09"),
        ("Spring 2", "2029-02-19", "2029-03-23"),
        ("Summer 1", "2029-04-09", "2029-05-25"),
        ("Summer 2", "2029-06-04", "2029-07-18"),
    ],
    [("2028-11-17", ""), ("2029-01-19", ""), ("2029-06-29", ""), ("2029-03-05", "School F")],
)
CALENDARS = {"2026-27": USUAL, "2027-28": UNEVEN, "2028-29": EARLY}
