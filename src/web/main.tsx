import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./mantine.css";
import "./fonts.css";
import "../ui/look.css";
import { queryClient } from "./client.ts";
import { router } from "./routes.tsx";
import { keepOffline } from "./service-worker.ts";
import { sessionQuery } from "./session.ts";
import { contrast, theme } from "./theme.ts";

// Asked before React draws: the answer is on its way while the rest starts.
queryClient.prefetchQuery(sessionQuery());

const place = document.getElementById("app");
if (!place) throw new Error("#app is not in index.html");
createRoot(place).render(
	<StrictMode>
		<MantineProvider theme={theme} cssVariablesResolver={contrast} forceColorScheme="light">
			<QueryClientProvider client={queryClient}>
				<RouterProvider router={router} />
			</QueryClientProvider>
		</MantineProvider>
	</StrictMode>,
);
keepOffline();
