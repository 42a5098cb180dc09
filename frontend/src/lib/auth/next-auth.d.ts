import type { DefaultSession } from "next-auth";

declare module "next-auth" {
  /** What `authorize` hands to the cookie; never sent to the page. */
  interface User {
    apiToken: string;
    apiTokenExpiresAt: string;
  }
  interface Session {
    user: { id: string; name: string };
    expires: DefaultSession["expires"];
  }
}

declare module "next-auth/jwt" {
  interface JWT {
    apiToken?: string;
    apiTokenExpiresAt?: string;
  }
}
