import { defineLanguage } from '../../kernel/index.js'

/** Without a module the files given are the program; with one, its packages are found below the folder. Never online. */
const build = 'if [ -f go.mod ]; then GO111MODULE=on exec go build -o out .; else exec go build -o out "$@"; fi'

export default defineLanguage({
  name: 'go',
  title: 'Go',
  summary: 'Go with its standard library; with a go.mod, also packages in folders',
  extensions: ['go'],
  aliases: ['golang'],
  file: 'main.go',
  native: {
    probe: ['go', 'version'],
    install: { apt: 'golang-go' },
    env: {
      GO111MODULE: 'off',
      GOFLAGS: '-mod=mod',
      GOPROXY: 'off',
      GOSUMDB: 'off',
      GOTOOLCHAIN: 'local',
      GOPATH: '/tmp/go',
      GOCACHE: '/tmp/go-cache',
      GOMAXPROCS: '2',
      GOMEMLIMIT: '{memory}MiB',
    },
    compile: ['sh', '-c', build, 'go', '{files}'],
    run: ['./{out}'],
    reservesAddressSpace: true,
    outOfMemory: /^fatal error: runtime: (out of memory|cannot allocate memory)/m,
  },
})
