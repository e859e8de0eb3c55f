// An empty program: the warm node loads it once, so that what loads programs is compiled (zygote.cjs).
