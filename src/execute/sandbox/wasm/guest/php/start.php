<?php
// What a script finds on the command line and this build does not bring by itself. Read before the program.
// Covers: STDIN, STDOUT, STDERR, $argv, the environment. Does not cover: $_SERVER beyond argv.
define('STDIN', fopen('php://stdin', 'r'));
define('STDOUT', fopen('php://stdout', 'w'));
define('STDERR', fopen('php://stderr', 'w'));
(function (): void {
    $job = json_decode(file_get_contents('/cupel/job.json'), true);
    unlink('/cupel/job.json');
    ini_set('memory_limit', $job['memoryMb'] . 'M');
    foreach ($job['env'] as $name => $value) {
        putenv("$name=$value");
        $_ENV[$name] = $_SERVER[$name] = $value;
    }
    $GLOBALS['argv'] = $_SERVER['argv'] = [$job['entry'], ...$job['args']];
    $GLOBALS['argc'] = $_SERVER['argc'] = count($GLOBALS['argv']);
})();
