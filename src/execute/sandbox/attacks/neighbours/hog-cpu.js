// tries: to take the processor away from a program that runs at the same time
// expect: time-limit
// neighbour: yes
// limits: cpu=1 wall=8 memory=256
for (;;) JSON.parse('[' + '1,'.repeat(1000) + '1]')
