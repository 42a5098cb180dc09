import { canAddMember, canJoin, canLeave, canManage, canRead, canSee } from "./channels.policy";

const member = { role: "member" } as const;
const admin = { role: "admin" } as const;

describe("what one may do in a channel", () => {
  it.each([
    // type, standing, see, read, manage, manage as administrator of the workspace, add a member, make an administrator
    ["public", null, true, false, false, true, false, false],
    ["public", member, true, true, false, true, true, false],
    ["public", admin, true, true, true, true, true, true],
    ["private", null, false, false, false, false, false, false],
    ["private", member, true, true, false, false, true, false],
    ["private", admin, true, true, true, true, true, true],
    ["dm", null, false, false, false, false, false, false],
    ["dm", member, true, true, false, false, false, false],
    ["dm", admin, true, true, false, false, false, false],
  ] as const)("%s as %j", (type, standing, see, read, manage, rule, add, promote) => {
    const channel = { type };
    expect([
      canSee(channel, standing),
      canRead(channel, standing),
      canManage(channel, standing, { role: "user" }),
      canManage(channel, standing, { role: "admin" }),
      canAddMember(channel, standing, "member"),
      canAddMember(channel, standing, "admin"),
    ]).toEqual([see, read, manage, rule, add, promote]);
  });

  it.each([
    ["public", true, true],
    ["private", false, true],
    ["dm", false, false],
  ] as const)("%s may be joined: %s, left: %s", (type, join, leave) => {
    expect([canJoin({ type }), canLeave({ type })]).toEqual([join, leave]);
    expect(canJoin({ type, archivedAt: new Date() })).toBe(false);
  });
});
