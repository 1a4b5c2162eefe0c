"""What the commands `programmes` and `facts` show, as text and as data."""

from eligibility.report.fact import fact_dict, fact_text, facts_list_dict, facts_list_text
from eligibility.report.leaflet import programme_text
from eligibility.report.programme_data import programme_dict
from eligibility.report.programme_list import programmes_list_dict, programmes_list_text

__all__ = [
    "fact_dict",
    "fact_text",
    "facts_list_dict",
    "facts_list_text",
    "programme_dict",
    "programme_text",
    "programmes_list_dict",
    "programmes_list_text",
]
