"""Drawing a whole world of tellings is slow on a busy machine; no example has to be fast."""

from hypothesis import HealthCheck, settings

settings.register_profile("worlds", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("worlds")
