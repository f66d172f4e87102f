"""Numbers as a reader sees them, with three significant digits.

``js/src/format.js`` does the same in the page; a test compares the two.
"""

import math
import re
from decimal import ROUND_HALF_UP, Context, Decimal

_ROUND = Context(prec=3, rounding=ROUND_HALF_UP)
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def three_digits(x: float) -> str:
    """Write a number with three significant digits, for read-outs that must not dance.

    Whole digits are never rounded away below a million, so 2,501 stays 2,501.

    Raises
    ------
    ValueError
        If `x` is NaN: a figure never shows one.

    Examples
    --------
    >>> [three_digits(x) for x in (25, 2501, -0.6931, 9.08e-5, float("inf"))]
    ['25.0', '2,501', '−0.693', '9.08 × 10⁻⁵', '∞']
    """
    x = float(x)
    if math.isnan(x):
        raise ValueError("x must be a number, not NaN")
    sign, size = ("−" if x < 0 else ""), abs(x)
    if size == 0:
        return "0"
    if math.isinf(size):
        return f"{sign}∞"
    rounded = _ROUND.create_decimal(Decimal(size))
    if size >= 1e6 or size < 1e-3:
        mantissa, exponent = f"{rounded:.2e}".split("e")
        return f"{sign}{mantissa} × 10{str(int(exponent)).translate(_SUPERSCRIPT)}"
    if size < 100:
        return f"{sign}{rounded.quantize(Decimal(1).scaleb(rounded.adjusted() - 2)):f}"  # 25 becomes 25.0
    return f"{sign}{Decimal(size).quantize(Decimal(1), ROUND_HALF_UP):,}"


def power_of_ten(n: int) -> str:
    """Write 10 to the power of `n`, for the ticks of a logarithmic axis.

    Examples
    --------
    >>> [power_of_ten(n) for n in (-5, 0, 2)]
    ['10⁻⁵', '1', '10²']
    """
    return {0: "1", 1: "10"}.get(n, f"10{str(n).translate(_SUPERSCRIPT)}")


def short(x: float) -> str:
    """Write the same number without idle zeros, for sentences and buttons.

    Examples
    --------
    >>> short(25), short(0.5), short(-100)
    ('25', '0.5', '−100')
    """
    text = three_digits(x)
    return re.sub(r"\.?0+(?= |$)", "", text) if "." in text else text
