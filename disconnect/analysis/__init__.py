"""One file a question: reads frames, runs the pipeline's steps in order, returns results."""
