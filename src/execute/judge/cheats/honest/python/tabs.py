# honest: is indented with tabs

def add(a, b):
	if True:
		return a + b
