"""From passages and spans to an `Answer`: pure functions, the same input always giving the same answer."""
