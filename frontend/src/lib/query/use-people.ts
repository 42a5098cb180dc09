"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "@/lib/api/client";

/** People whose name, username or address starts so; everybody, by name, for an empty query. */
export const usePeople = (query: string) =>
  useQuery({
    queryKey: ["people", query],
    queryFn: async ({ signal }) =>
      query
        ? (await api.get("/users/search", { query: { query, limit: 20 }, signal })).users
        : (await api.get("/users", { query: { limit: 50 }, signal })).users,
    placeholderData: keepPreviousData,
  });
