import { canAddMember, canJoin, canLeave, canPost, canRead, canSee } from "./channels.policy";

const member = { role: "member" } as const;
const admin = { role: "admin" } as const;

describe("what one may do in a channel", () => {
  it.each([
    // type, standing, see, read, post, add a member, make an administrator
    ["public", null, true, false, false, false, false],
    ["public", member, true, true, true, true, false],
    ["public", admin, true, true, true, true, true],
    ["private", null, false, false, false, false, false],
    ["private", member, true, true, true, true, false],
    ["private", admin, true, true, true, true, true],
    ["dm", null, false, false, false, false, false],
    ["dm", member, true, true, true, false, false],
    ["dm", admin, true, true, true, false, false],
  ] as const)("%s as %j", (type, standing, see, read, post, add, promote) => {
    const channel = { type };
    expect([
      canSee(channel, standing),
      canRead(channel, standing),
      canPost(channel, standing),
      canAddMember(channel, standing, "member"),
      canAddMember(channel, standing, "admin"),
    ]).toEqual([see, read, post, add, promote]);
  });

  it.each([
    ["public", true, true],
    ["private", false, true],
    ["dm", false, false],
  ] as const)("%s may be joined: %s, left: %s", (type, join, leave) => {
    expect([canJoin({ type }), canLeave({ type })]).toEqual([join, leave]);
  });
});
