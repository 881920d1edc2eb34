"""A rehearsal of the deployment on one machine: real engine, registry, SSH host, firewall and proxy. Needs root on Linux.

Standard library and PyYAML only. Everything that is made is written down in a ledger first and cleared from there.
"""
