# tries: to know the next program's random numbers from its own
# expect: ok
# repeat: 3
# differs: yes
import os, random, tempfile, uuid

print("held")
print(random.random(), os.urandom(8).hex(), uuid.uuid4(), next(tempfile._get_candidate_names()))
