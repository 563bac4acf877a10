// Every trick to make the system open something else than the one page that was meant.
import { expect, test } from 'vitest'
import { requireAllowedLink } from './external-link.ts'

const allowed = 'https://login.example.org/authorize'
const tricks = [
  '',
  ' ',
  'https',
  'https:',
  'https:/',
  'https://',
  'https:///',
  '//login.example.org/authorize',
  '/authorize',
  'http://login.example.org/authorize',
  'HTTP://login.example.org/authorize',
  'HTTPS://login.example.org/authorize',
  'file:///etc/passwd',
  'file://login.example.org/authorize',
  'FILE:///c:/windows/system32/calc.exe',
  'javascript:alert(1)',
  'javascript://login.example.org/authorize%0aalert(1)',
  'data:text/html,<script>',
  'blob:https://login.example.org/authorize',
  'vbscript:x',
  'ms-msdt:/id PCWDiagnostic',
  'search-ms:query=x',
  'ms-officecmd:{}',
  'smb://login.example.org/authorize',
  'ftp://login.example.org/authorize',
  'mailto:a@example.org',
  'tel:112',
  'ssh://login.example.org/authorize',
  'app://clinic/index.html',
  'view-source:https://login.example.org/authorize',
  'chrome://settings',
  'about:blank',
  'intent://login.example.org/authorize#Intent;end',
  'steam://run/1',
  'ws://login.example.org/authorize',
  'wss://login.example.org/authorize',
  'https:login.example.org/authorize',
  'https:\\\\login.example.org\\authorize',
  'https:/login.example.org/authorize',
  'https://login.example.org\\@evil.org/authorize',
  'https://login.example.org@evil.org/authorize',
  'https://user@login.example.org/authorize',
  'https://user:pw@login.example.org/authorize',
  'https://login.example.org:444/authorize',
  'https://login.example.org.evil.org/authorize',
  'https://evil.org/authorize?https://login.example.org/authorize',
  'https://evil.org/authorize#login.example.org',
  'https://login.example.org./authorize',
  'https://sub.login.example.org/authorize',
  'https://login.example.org/authorize/',
  'https://login.example.org/authorize/../admin',
  'https://login.example.org/%61uthorize',
  'https://login.example.org/Authorize',
  'https://login.example.org/other',
  'https://login.example.org',
  'https://login.example.org/authorize#x',
  ' https://login.example.org/authorize',
  'https://login.example.org/authorize ',
  'https://login.example.org/authorize\n--flag',
  'https://login.example.org/authorize\u0000.exe',
  'https://login.example.org/authorize?a="&calc',
  "https://login.example.org/authorize?a='",
  'https://login.example.org/authorize?a=`id`',
  'https://login.example.org/authorize?a=|calc',
  'https://login.example.org/authorize?a=^calc',
  'https://l\u043egin.example.org/authorize',
  'https://\uff4cogin.example.org.evil/authorize',
  'https://[::1]/authorize',
  'https://127.0.0.1/authorize',
  `${allowed}?${'a'.repeat(9000)}`,
]

test('ELE-04: 60 tricks with schemes and addresses open nothing', () => {
  expect(tricks.length).toBeGreaterThanOrEqual(60)
  // Written large, the scheme is the same; only the spelling every caller uses is taken.
  for (const trick of tricks)
    expect(() => requireAllowedLink(trick, allowed), trick).toThrow('link not allowed')
})

test('ELE-04: the page that was meant opens, with any query; a page that is no https opens never', () => {
  expect(requireAllowedLink(`${allowed}?client_id=a&state=b%20c`, allowed)).toBe(
    `${allowed}?client_id=a&state=b%20c`,
  )
  expect(() => requireAllowedLink('http://a.example/x', 'http://a.example/x')).toThrow('link not allowed')
})
