/** What `npm run seed` puts into an empty workspace: enough to look around in. */
export const people = [
  { key: "mira", name: "Mira Sandoval" },
  { key: "jonas", name: "Jonas Bergström" },
  { key: "aiko", name: "Aiko Tanaka" },
  { key: "tunde", name: "Tunde Okafor" },
  { key: "lena", name: "Lena Hoffmann" },
] as const;
export type PersonKey = (typeof people)[number]["key"];

interface DemoChannel {
  name: string;
  description: string;
  type: "public" | "private";
  members: PersonKey[];
  messages: [PersonKey, string][];
}

export const channels: DemoChannel[] = [
  {
    name: "launch",
    description: "Everything for the spring launch",
    type: "public",
    members: ["mira", "jonas", "aiko", "tunde", "lena"],
    messages: [
      ["mira", "Good morning! Three weeks to go. Where do we stand?"],
      ["jonas", "The API is feature complete. I am on the load tests now, first numbers this afternoon."],
      [
        "aiko",
        "Copy for the landing page is in review:\nhttps://example.com/launch-copy\nComments until Thursday, please.",
      ],
      ["tunde", "Support macros are half done. I need the final pricing to finish them."],
      ["mira", "Pricing is decided on Wednesday. I will post it here the minute it is signed."],
      ["lena", "Illustrations are done, all 14. Dark variants too."],
      ["jonas", "Those look great. The dark one with the lighthouse should be the header."],
      ["lena", "Agreed, I will export it at 2x today."],
    ],
  },
  {
    name: "engineering",
    description: "Builds, reviews and the odd war story",
    type: "public",
    members: ["jonas", "tunde", "lena"],
    messages: [
      ["jonas", "Deploy of 14:00 is through. p99 went from 210 ms to 140 ms, thanks to the new index."],
      ["tunde", "Nice. Did the retry storm on the importer stop as well?"],
      ["jonas", "Yes: it backs off with jitter now. No duplicate rows since noon."],
      ["lena", "The icon font is gone from the bundle, we are 38 kB lighter."],
    ],
  },
  {
    name: "hiring",
    description: "Candidates and interview plans",
    type: "private",
    members: ["mira", "lena"],
    messages: [
      ["mira", "Two strong applications for the design role. Can you take the portfolio talk on Friday?"],
      ["lena", "Friday 10:00 works."],
    ],
  },
];

export const directMessages: { between: [PersonKey, PersonKey]; messages: [PersonKey, string][] }[] = [
  {
    between: ["mira", "jonas"],
    messages: [
      ["jonas", "Do you have ten minutes before the launch call? I would like to go over the rollback plan."],
      ["mira", "Sure, 13:40 in the small room?"],
      ["jonas", "Perfect."],
    ],
  },
];
