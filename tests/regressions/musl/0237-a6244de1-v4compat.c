/* Covers patches/musl/1.2.5/0237: all but :: and ::1 with 96 zero bits in front hold an IPv4 address. */
// arch: arm arm64
// link: static
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>

int main(void)
{
    static const struct { const char *text; int compatible; } cases[] = {
        { "::192.0.2.1", 1 }, { "::192.0.2.0", 1 }, { "::192.0.2.2", 1 }, { "::0.0.0.2", 1 }, { "::1.0.0.0", 1 },
        { "::", 0 }, { "::1", 0 }, { "::1:0:0", 0 }, { "2001:db8::1", 0 },
    };
    int bad = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct in6_addr address;
        if (inet_pton(AF_INET6, cases[i].text, &address) != 1) return 2;
        if (IN6_IS_ADDR_V4COMPAT(&address) != cases[i].compatible) bad = printf("%s\n", cases[i].text);
    }
    if (bad) return 1;
    puts("ok");
}
