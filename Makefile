# The same commands without make: python3 dev.py run|test|check|lock
PYTHON ?= python3

.PHONY: run test check lock

run:
	@$(PYTHON) dev.py run $(ARGS)

test:
	@$(PYTHON) dev.py test $(ARGS)

check:
	@$(PYTHON) dev.py check

lock:
	@$(PYTHON) dev.py lock $(ARGS)
