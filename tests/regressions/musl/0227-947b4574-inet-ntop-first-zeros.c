/* Covers patches/musl/1.2.5/0227: the longest run of zeros is shortened, and the first of the longest. */
// arch: arm arm64
// link: dynamic static
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
    static const char *const addresses[] = {
        "::10:0:0:0:10", "::1", "::", "1::", "0:1:2:3:4:5:6:7", "::2:3:4:5:6:7", "1:2:3:4:5:6::", "1:0:2:3:4:5:6:0", "1::8:0:0:7",
        "0:1::5", "0:0:3::", "::ffff:1.2.3.4", "fe80::1:0:0:1",
    };
    int bad = 0;
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++) {
        struct in6_addr address;
        char text[INET6_ADDRSTRLEN];
        if (inet_pton(AF_INET6, addresses[i], &address) != 1 || !inet_ntop(AF_INET6, &address, text, sizeof text)) return 2;
        if (strcmp(text, addresses[i])) bad = printf("%s rather than %s\n", text, addresses[i]);
    }
    if (bad) return 1;
    puts("ok");
}
