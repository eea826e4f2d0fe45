"""How likely it is that so many come together by chance: exact tails of two distributions, without a library.

Poisson: numbers of independent events in an hour against a known rate, as outbreaks are found early (Farrington, Andrews,
Beale and Catchpole 1996, here without seasons). Binomial: a share against the share elsewhere (Clopper and Pearson 1934).
"""

from math import exp, lgamma, log, log1p

# A chance below this counts as none. An hour has some thousand ideas and five questions: a false alarm in many weeks.
RARE = 1e-6
_NEGLIGIBLE = 1e-18


def poisson_tail(number: int, rate: float) -> float:
    """Return P(X >= number) for X ~ Poisson(rate); 1 where the number is not above the rate."""
    if number <= rate:
        return 1.0
    term = exp(number * log(rate) - rate - lgamma(number + 1)) if rate > 0 else 0.0
    total, step = 0.0, number
    while term > _NEGLIGIBLE:
        total += term
        step += 1
        term *= rate / step
    return min(1.0, total)


def binomial_tail(number: int, tries: int, share: float) -> float:
    """Return P(X >= number) for X ~ Binomial(tries, share), 0 < share < 1; 1 where the number is not above the mean."""
    if number <= tries * share:
        return 1.0
    ways = lgamma(tries + 1) - lgamma(number + 1) - lgamma(tries - number + 1)
    term = exp(ways + number * log(share) + (tries - number) * log1p(-share))
    total, step = 0.0, number
    while term > _NEGLIGIBLE and step <= tries:
        total += term
        term *= (tries - step) / (step + 1) * share / (1 - share)
        step += 1
    return min(1.0, total)
