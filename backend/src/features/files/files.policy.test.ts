import { canDelete, canRead } from "./files.policy";

describe("what one may do with a file", () => {
  it.each([
    // owner, attached, in a channel of it, role, read, delete
    [true, false, false, "user", true, true],
    [false, false, false, "user", false, false],
    [false, false, false, "admin", false, true],
    [true, true, true, "user", true, true],
    [true, true, false, "user", false, true],
    [false, true, true, "user", true, false],
    [false, true, true, "admin", true, true],
    [false, true, false, "admin", false, true],
    [false, true, false, "user", false, false],
  ] as const)(
    "owner %s, attached %s, in its channel %s, %s",
    (isOwner, isAttached, isInChannel, role, read, remove) => {
      const standing = { isOwner, isAttached, isInChannel, role };
      expect([canRead(standing), canDelete(standing)]).toEqual([read, remove]);
    },
  );
});
