// tries: to read a file of the host by the compiler: references, imports, configuration
// expect: ok, compile-error, runtime-error
// limits: cpu=4 wall=10 memory=256
/// <reference path="CANARY_FILE" />
/// <reference types="../../../../CANARY_FILE" />
import type { Secret } from 'CANARY_FILE'
const secret: Secret | null = null
console.log(secret === null ? 'held' : 'ESCAPED')
