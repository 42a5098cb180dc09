import { visitorAddress } from "./visitor-address";

test.each([
  ["the connection itself", "203.0.113.7", 0, "203.0.113.7"],
  ["a forged entry before it", "1.2.3.4, 203.0.113.7", 0, "203.0.113.7"],
  ["one proxy of ours", "203.0.113.7, 10.0.0.5", 1, "203.0.113.7"],
  ["one proxy of ours and a forged entry", "1.2.3.4, 203.0.113.7,10.0.0.5", 1, "203.0.113.7"],
  ["two proxies", "203.0.113.7, 10.0.0.9, 10.0.0.5", 2, "203.0.113.7"],
  ["IPv4 in IPv6", "::ffff:127.0.0.1", 0, "127.0.0.1"],
  ["IPv6", "2001:db8::1", 0, "2001:db8::1"],
])("%s", (_, list, proxies, address) => {
  expect(visitorAddress(list, proxies)).toBe(address);
});

test.each([
  [undefined, 0],
  ["", 0],
  ["10.0.0.5", 1],
])("%j behind %i proxies is nobody known", (list, proxies) => {
  expect(visitorAddress(list, proxies)).toBeNull();
});
