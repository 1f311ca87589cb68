"""With how many decimals figures of each unit are published."""

from outcome_bees.units._facts import CLOSED, fact_named

NO_DECIMALS = "count child person place school second minute GBP GBP_thousand rank grade milestone"
ONE_DECIMAL = "percent percentage_point fte hour day working_day week month year GBP_million score per_1 per_10000"


def test_figures_of_each_unit_have_the_decimals_that_people_publish_them_with() -> None:
    decimals = {**dict.fromkeys(NO_DECIMALS.split(), 0), **dict.fromkeys(ONE_DECIMAL.split(), 1), "fraction": 3}
    assert {*CLOSED} < {*decimals}
    assert {code: fact_named(code).decimals for code in decimals} == decimals
