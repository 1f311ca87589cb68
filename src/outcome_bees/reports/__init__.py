"""Reports for people: charts, a page, a paper, a workbook, and what of them may leave the building.

Nothing here judges: every status, number and sentence is the evaluation's own. The libraries that draw and write
(the extra ``report``) are imported when they are used.
"""
