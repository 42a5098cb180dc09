import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { readSession } from "@/lib/auth/session";

export default async function HomePage() {
  redirect((await readSession(await cookies())) ? "/chat" : "/login");
}
