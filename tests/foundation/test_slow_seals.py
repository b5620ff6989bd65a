"""Short secrets: kept so that neither the database alone nor a fast machine tells them."""

from app.foundation.slow_seals import beside, fits, seal_slowly
from tests.support.company import KEY


async def test_a_short_secret_fits_its_own_seal_and_no_other():
    seal = await beside(seal_slowly, KEY, "8362")
    assert await beside(fits, KEY, seal, "8362")
    assert not await beside(fits, KEY, seal, "8363")


async def test_the_seal_is_useless_without_the_key_of_the_house():
    seal = await beside(seal_slowly, KEY, "8362")
    assert not await beside(fits, b"the key of another house, which is long enough", seal, "8362")


def test_the_same_secret_is_sealed_differently_each_time():
    assert seal_slowly(KEY, "8362") != seal_slowly(KEY, "8362")


def test_what_is_no_seal_fits_nothing():
    assert not fits(KEY, "", "8362")
