"""Files that are right, and one cell of them made wrong."""

HEADER = (
    "tier,title,date,start,end,venue,online_url,capacity,leads,strand,slot,audience,"
    "release_to_partners_on,notes\n"
)
GOOD = (
    "4,Clinic: sensory,03/12/2026,10:00,13:00,School B,,12,Trust SEND Lead;Physio,,,,2026-11-19,\n"
)
SCHOOLS = "id,name,is_partner\nschool-a,School A,no\nschool-h,School H,yes\n"
PEOPLE = (
    "tenant_id,object_id,name,sign_in_name,roles,school\n"
    "t-1,o-1,SENCo of A,senco@a.example,SENCo;class teacher,School A\n"
)
YEAR = """
[[school_year]]
name = "2026-27"
half_terms = [
  {name = "Autumn 1", starts_on = 2026-09-01, ends_on = 2026-10-23},
  {name = "Autumn 2", starts_on = 2026-11-02, ends_on = 2026-12-18},
  {name = "Spring 1", starts_on = 2027-01-04, ends_on = 2027-02-12},
  {name = "Spring 2", starts_on = 2027-02-22, ends_on = 2027-03-25},
  {name = "Summer 1", starts_on = 2027-04-12, ends_on = 2027-05-28},
  {name = "Summer 2", starts_on = 2027-06-07, ends_on = 2027-07-21},
]
inset_days = [{on = 2026-09-01}, {on = 2026-10-23, school = "School A"}]
"""


def with_cell(column, value):
    cells = dict(zip(HEADER.strip().split(","), GOOD.strip().split(","), strict=True))
    return HEADER + ",".join({**cells, column: value}.values()) + "\n"


def clinic(day="03/12/2026", at="10:00,13:00", capacity=12, rest=",,", title="Clinic: sensory"):
    return f"4,{title},{day},{at},School B,,{capacity},Trust SEND Lead,,,,,,{rest}\n"
