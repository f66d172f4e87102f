"""Numbers as a reader sees them, with three significant digits.

``js/src/format.js`` does the same in the page; a test compares the two.
"""

import math
import re
from decimal import ROUND_HALF_UP, Context, Decimal

_ROUND = Context(prec=3, rounding=ROUND_HALF_UP)
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def three_digits(x: float, decimals: int = 0) -> str:
    """Write a number with three significant digits, for read-outs that must not dance.

    Whole digits are never rounded away below a million, so 2,501 stays 2,501; nor are the first `decimals`
    after the point.

    Raises
    ------
    ValueError
        If `x` is NaN: a figure never shows one.

    Examples
    --------
    >>> [three_digits(x) for x in (25, 2501, -0.6931, 9.08e-5, float("inf"))]
    ['25.0', '2,501', '−0.693', '9.08 × 10⁻⁵', '∞']
    >>> three_digits(20.04), three_digits(20.04, decimals=2)
    ('20.0', '20.04')
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
    return sign + _fixed(size, max(decimals, 2 - rounded.adjusted(), 0))  # 25 becomes 25.0


def _fixed(size: float, decimals: int) -> str:
    return f"{Decimal(size).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):,f}"


def probability(p: float) -> str:
    """Write a probability, or a difference of two, with three decimals, so that those in a column line up.

    One too small for that is written with three digits.

    Examples
    --------
    >>> [probability(p) for p in (0.665, 0.09, -1, 9.08e-5)]
    ['0.665', '0.090', '−1.000', '9.08 × 10⁻⁵']
    """
    return three_digits(p) if abs(p) < 1e-3 else ("−" if p < 0 else "") + _fixed(abs(p), 3)


def power_of_ten(n: int) -> str:
    """Write 10 to the power of `n`, for the ticks of a logarithmic axis.

    Examples
    --------
    >>> [power_of_ten(n) for n in (-5, 0, 2)]
    ['10⁻⁵', '1', '10²']
    """
    return {0: "1", 1: "10"}.get(n, f"10{str(n).translate(_SUPERSCRIPT)}")


def short(x: float, decimals: int = 0) -> str:
    """Write the same number without idle zeros, for sentences and buttons.

    Examples
    --------
    >>> short(25), short(0.5), short(-100), short(20.04, decimals=2)
    ('25', '0.5', '−100', '20.04')
    """
    text = three_digits(x, decimals)
    return re.sub(r"\.?0+(?= |$)", "", text) if "." in text else text
