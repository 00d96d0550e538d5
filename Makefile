# The same commands without make: python3 dev.py run|test|explore|check|lock
PYTHON ?= python3

.PHONY: run test explore check lock

run:
	@$(PYTHON) dev.py run $(ARGS)

test:
	@$(PYTHON) dev.py test $(ARGS)

explore:
	@$(PYTHON) dev.py explore $(ARGS)

check:
	@$(PYTHON) dev.py check

lock:
	@$(PYTHON) dev.py lock $(ARGS)
