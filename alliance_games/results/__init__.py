"""What a question and its answer are: concepts, solutions, certificates, budgets, their JSON."""
