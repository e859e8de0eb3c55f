import { describe, expect, it } from 'vitest'
import { addressOf } from './address.js'

describe('an address', () => {
  it.each([
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['https://host/', 'https://host'],
    ['https://host:443/below//', 'https://host/below'],
  ])('%s is %s', (given, url) => {
    expect(addressOf(given, undefined, {})).toEqual({ url, token: null })
  })
  it.each([
    '',
    'host:8080',
    'ftp://host',
    'file:///etc/passwd',
    'http://',
    'https://host?token=s3cret',
    'http://host#s3cret',
  ])('%j is none', (given) => {
    expect(() => addressOf(given, undefined, {})).toThrow(/the address of a Cupel server/)
  })
  it.each(['http://user:s3cret@host', 'http://s3cret@host', 'https://:s3cret@host'])(
    'with a password is refused: %s',
    (given) => {
      const address = () => addressOf(given, undefined, {})
      expect(address).toThrow(/holds no password: put its token into CUPEL_REMOTE_TOKEN/)
      expect(address).not.toThrow(/s3cret/)
    },
  )
})

describe('a token', () => {
  it('comes from the option, or from the environment', () => {
    const env = { CUPEL_REMOTE_TOKEN: ' outer\n' }
    expect(addressOf('https://host', undefined, env).token).toBe('outer')
    expect(addressOf('https://host', 'inner', env).token).toBe('inner')
  })
  it.each([
    'http://localhost',
    'http://127.0.0.1',
    'http://127.1',
    'http://127.9.9.9:1',
    'http://[::1]',
    'https://host',
  ])('is sent to %s', (url) => {
    expect(addressOf(url, 's3cret', {}).token).toBe('s3cret')
  })
  it.each([
    ...['http://host', 'http://10.0.0.1', 'http://127.0.0.1.host', 'http://localhost.host', 'http://0.0.0.0'],
    ...['http://128.0.0.1', 'http://[::2]', 'http://127.0.0.1@host', 'http://1270.0.1.host'],
  ])('is not sent in the clear to %s', (url) => {
    expect(() => addressOf(url, 's3cret', {})).toThrow(/use https, or set CUPEL_REMOTE_INSECURE=1|holds no password/)
    expect(() => addressOf(url, 's3cret', {})).not.toThrow(/s3cret/)
    expect(() => addressOf(url, 's3cret', { CUPEL_REMOTE_INSECURE: '0' })).toThrow()
  })
  it('is sent in the clear where the user says that the network is safe', () => {
    expect(addressOf('http://10.0.0.1', 's3cret', { CUPEL_REMOTE_INSECURE: '1' }).token).toBe('s3cret')
  })
  it.each(['s3c\nret', 's3c ret', 's3crét', 's3c\u0000ret'])(
    'that no header carries is refused, and not shown: %j',
    (token) => {
      expect(() => addressOf('https://host', token, {})).toThrow(/characters that no header can carry/)
      expect(() => addressOf('https://host', token, {})).not.toThrow(/s3c/)
    },
  )
})
