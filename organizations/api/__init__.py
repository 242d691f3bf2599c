"""What every resource of the API stands on: the door, its answers, pages of lists, and requests that come twice.

A resource is a module `api` of the app that owns it (a package where there are several); config/api.py puts them together.
"""
