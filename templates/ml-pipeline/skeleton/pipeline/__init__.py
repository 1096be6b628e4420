"""A training pipeline: check, train, evaluate, register, promote, predict."""
