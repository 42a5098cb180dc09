import { toApi } from "@/lib/bff/to-api";

export { toApi as GET, toApi as POST, toApi as PUT, toApi as DELETE, toApi as PATCH, toApi as HEAD };
