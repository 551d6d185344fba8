from pathlib import Path

import numpy as np
import pandas as pd
import pytest

DATA = Path(__file__).parent / "data"


@pytest.fixture
def rng():
    return np.random.default_rng(20261101)


@pytest.fixture
def lake_huron():
    """Year (from 1920) and level in feet."""
    table = pd.read_csv(DATA / "lake_huron.csv")
    return table["year"].to_numpy() - 1920.0, table["feet"].to_numpy()


@pytest.fixture
def lh():
    return pd.read_csv(DATA / "lh.csv")["level"].to_numpy(copy=True)


@pytest.fixture(scope="session")
def students():
    """Answers of 79 people, four times a day (see data/ATTRIBUTION.md)."""
    return pd.read_csv(DATA / "fried_2022_ema.tsv", sep="\t")
