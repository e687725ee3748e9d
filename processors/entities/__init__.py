"""Entity types: each module is one type, a spaCy component found by being here, with its folder in `data/lexicons/`."""
